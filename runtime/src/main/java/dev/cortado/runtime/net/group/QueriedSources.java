package dev.cortado.runtime.net.group;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.link.SourceFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * The sources of which a querier wants to know whether we listen to them, in a group (RFC 3376,
 * 5.2; RFC 3810, 6.2). Too many are all.
 */
final class QueriedSources {
    private long[] halves;
    private int count;
    private boolean isAll;

    /** Forgets all that were asked for. */
    void clear() {
        count = 0;
        isAll = false;
    }

    /** Whether the whole group is asked for. */
    boolean isAll() {
        return isAll;
    }

    void addAll() {
        isAll = true;
    }

    /** Adds a query's. */
    void add(GroupQuery query, int addressBytes) {
        if (query.count() == 0 || isAll) {
            isAll = true;
            return;
        }
        if (halves == null) {
            halves = new long[2 * SourceFilter.MOST];
        }
        for (int i = 0; i < query.count() && !isAll; i++) {
            int at = query.sources() + i * addressBytes;
            boolean isIpv4 = addressBytes == Integer.BYTES;
            long high = isIpv4 ? 0 : query.bytes().getLong(at);
            long low =
                    isIpv4
                            ? Ipv6.mappedLow(query.bytes().getInt(at))
                            : query.bytes().getLong(at + Long.BYTES);
            add(high, low);
        }
    }

    private void add(long high, long low) {
        for (int i = 0; i < count; i++) {
            if (halves[2 * i] == high && halves[2 * i + 1] == low) {
                return;
            }
        }
        if (count == SourceFilter.MOST) {
            isAll = true;
            return;
        }
        halves[2 * count] = high;
        halves[2 * count + 1] = low;
        count++;
    }

    /** Those to which we listen. */
    List<IpAddress> wanted(SourceFilter filter) {
        List<IpAddress> wanted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (filter.takes(halves[2 * i], halves[2 * i + 1])) {
                wanted.add(new IpAddress(halves[2 * i], halves[2 * i + 1]));
            }
        }
        return wanted;
    }
}
