package dev.cortado.runtime.net.dns;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers that still count, positive and negative (RFC 2308). Bounded: the one that was not used
 * for longest goes. Not synchronised: the resolver's.
 */
final class DnsCache {
    static final int LIMIT = 1024;

    /** RFC 8767, 4, suggests days; a day is what nobody will notice. */
    static final long MAXIMUM_SECONDS = 86_400;

    /** RFC 2308, 5: one to three hours. */
    static final long MAXIMUM_NEGATIVE_SECONDS = 3 * 3600;

    private static final long SECOND = 1_000_000_000L;

    private record Key(String name, int type) {}

    private record Entry(DnsAnswer answer, long until) {}

    private final Map<Key, Entry> entries =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Entry> eldest) {
                    return size() > LIMIT;
                }
            };

    /** Null if nothing is known. */
    DnsAnswer get(String name, int type, long now) {
        Entry entry = entries.get(new Key(name, type));
        return entry == null || entry.until - now <= 0 ? null : entry.answer;
    }

    void put(String name, int type, DnsAnswer answer, long seconds, long now) {
        boolean isFound = answer.status() == DnsStatus.FOUND;
        long most = isFound ? MAXIMUM_SECONDS : MAXIMUM_NEGATIVE_SECONDS;
        long until = now + Math.min(seconds, most) * SECOND;
        if (seconds > 0) {
            entries.put(new Key(name, type), new Entry(answer, until));
        }
    }

    void clear() {
        entries.clear();
    }

    int size() {
        return entries.size();
    }
}
