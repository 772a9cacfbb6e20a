package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.address.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose datagrams to a group are wanted (RFC 3376, 2; RFC 3810, 3).
 *
 * @param including those of the sources only; else those of all but the sources
 * @param sources each of them once
 */
public record SourceFilter(boolean including, List<IpAddress> sources) {
    /** Most sources of a filter (Linux, igmp_max_msf, is smaller). */
    public static final int MOST = 64;

    public static final SourceFilter NOBODY = new SourceFilter(true, List.of());
    public static final SourceFilter EVERYBODY = new SourceFilter(false, List.of());

    /** Of one source, or of everybody if it is null. */
    public static SourceFilter of(IpAddress source) {
        return source == null ? EVERYBODY : new SourceFilter(true, List.of(source));
    }

    public boolean contains(long sourceHigh, long sourceLow) {
        for (IpAddress source : sources) {
            if (source.low() == sourceLow && source.high() == sourceHigh) {
                return true;
            }
        }
        return false;
    }

    public boolean takes(long sourceHigh, long sourceLow) {
        return contains(sourceHigh, sourceLow) == including;
    }

    public boolean takes(IpAddress source) {
        return takes(source.high(), source.low());
    }

    public boolean isNobody() {
        return including && sources.isEmpty();
    }

    /** With a source more, which was not in there. */
    public SourceFilter with(IpAddress source) {
        List<IpAddress> more = new ArrayList<>(sources);
        more.add(source);
        return new SourceFilter(including, List.copyOf(more));
    }

    /** Without a source. */
    public SourceFilter without(IpAddress source) {
        return new SourceFilter(
                including, sources.stream().filter(one -> !one.equals(source)).toList());
    }

    /**
     * What an interface wants for all who listen there (RFC 3376, 3.2): too many sources to name
     * are everybody's.
     */
    static SourceFilter merge(List<SourceFilter> filters) {
        Set<IpAddress> included = new LinkedHashSet<>();
        Set<IpAddress> excluded = null;
        for (SourceFilter filter : filters) {
            if (filter.including) {
                included.addAll(filter.sources);
            } else if (excluded == null) {
                excluded = new LinkedHashSet<>(filter.sources);
            } else {
                excluded.retainAll(filter.sources);
            }
        }
        if (excluded == null) {
            return included.size() > MOST
                    ? EVERYBODY
                    : new SourceFilter(true, List.copyOf(included));
        }
        excluded.removeAll(included);
        return new SourceFilter(false, List.copyOf(excluded));
    }
}
