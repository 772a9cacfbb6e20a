package dev.cortado.runtime.net.group;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.link.SourceFilter;
import dev.cortado.runtime.net.wire.GroupMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told, and to be told, of one group. Its reporter's, under its lock. */
final class GroupState {
    final long high;
    final long low;

    /** What the interface wants, as far as it was told or is about to be. */
    private SourceFilter filter = SourceFilter.NOBODY;

    /** How often it is still to be told that the mode changed. */
    private int modeChanges;

    /** How often of each source that it is let in or shut out. */
    private final Map<IpAddress, Integer> sourceChanges = new LinkedHashMap<>();

    /** Whether an answer is to be given at {@link #answerAt}. */
    boolean isAsked;

    long answerAt;

    final QueriedSources queried = new QueriedSources();

    /** How often an older querier is still to be told that we are in there. */
    int olderReports;

    GroupState(long high, long low) {
        this.high = high;
        this.low = low;
    }

    SourceFilter filter() {
        return filter;
    }

    boolean is(long otherHigh, long otherLow) {
        return high == otherHigh && low == otherLow;
    }

    /**
     * The interface wants something else (RFC 3376, 5.1; RFC 3810, 6.1).
     *
     * @param robustness how often to tell
     * @return whether there is something to tell
     */
    boolean change(SourceFilter wanted, int robustness) {
        SourceFilter old = filter;
        filter = wanted;
        if (old.including() != wanted.including()) {
            announce(robustness);
            return true;
        }
        boolean isNew = false;
        for (IpAddress source : old.sources()) {
            isNew |= changeSource(source, wanted, robustness);
        }
        for (IpAddress source : wanted.sources()) {
            isNew |= old.sources().contains(source) || tellSource(source, robustness);
        }
        return isNew;
    }

    private boolean changeSource(IpAddress source, SourceFilter wanted, int robustness) {
        return !wanted.sources().contains(source) && tellSource(source, robustness);
    }

    private boolean tellSource(IpAddress source, int robustness) {
        sourceChanges.put(source, robustness);
        return true;
    }

    /** Is to tell all of the group again. */
    void announce(int robustness) {
        modeChanges = robustness;
        sourceChanges.clear();
    }

    /** Has nothing to tell of changes any more. */
    void forgetChanges() {
        modeChanges = 0;
        sourceChanges.clear();
    }

    boolean hasChanges() {
        return modeChanges > 0 || !sourceChanges.isEmpty();
    }

    /** Writes what has changed, once. */
    void writeChanges(ReportWriter to) {
        if (modeChanges > 0) {
            modeChanges--;
            int kind =
                    filter.including()
                            ? GroupMessage.CHANGE_TO_INCLUDE
                            : GroupMessage.CHANGE_TO_EXCLUDE;
            to.record(kind, high, low, filter.sources());
            return;
        }
        List<IpAddress> allowed = new ArrayList<>();
        List<IpAddress> blocked = new ArrayList<>();
        for (IpAddress source : sourceChanges.keySet()) {
            (filter.takes(source) ? allowed : blocked).add(source);
        }
        writeUnlessEmpty(to, GroupMessage.ALLOW_NEW_SOURCES, allowed);
        writeUnlessEmpty(to, GroupMessage.BLOCK_OLD_SOURCES, blocked);
        sourceChanges.replaceAll((source, left) -> left - 1);
        sourceChanges.values().removeIf(left -> left <= 0);
    }

    /** Writes what was asked for (RFC 3376, 5.2; RFC 3810, 6.3). */
    void writeAnswer(ReportWriter to) {
        boolean isAll = queried.isAll();
        List<IpAddress> wanted = isAll ? filter.sources() : queried.wanted(filter);
        queried.clear();
        if (isAll && !filter.isNobody()) {
            int kind =
                    filter.including()
                            ? GroupMessage.MODE_IS_INCLUDE
                            : GroupMessage.MODE_IS_EXCLUDE;
            to.record(kind, high, low, wanted);
        } else if (!isAll) {
            writeUnlessEmpty(to, GroupMessage.MODE_IS_INCLUDE, wanted);
        }
    }

    private void writeUnlessEmpty(ReportWriter to, int kind, List<IpAddress> sources) {
        // Of changes that come one upon the other there may be more than a filter has.
        for (int from = 0; from < sources.size(); from += SourceFilter.MOST) {
            int end = Math.min(sources.size(), from + SourceFilter.MOST);
            to.record(kind, high, low, sources.subList(from, end));
        }
    }
}
