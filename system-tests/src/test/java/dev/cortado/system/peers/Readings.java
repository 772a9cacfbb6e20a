package dev.cortado.system.peers;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a guest's monitor shows.
 *
 * @param liveKilobytes that objects take after a collection
 * @param usedKilobytes of the machine's memory, whoever has them
 * @param kernelKilobytes of the kernel's heap
 * @param freeBuffers packets that nobody has
 * @param connections of TCP's, whatever their state
 * @param drops packets that were dropped, by reason
 */
record Readings(
        long liveKilobytes,
        long usedKilobytes,
        long kernelKilobytes,
        long freeBuffers,
        long connections,
        long halfOpen,
        long timeWaits,
        Map<String, Long> drops) {
    private static final Pattern LIVE = Pattern.compile("live objects: (\\d+) KiB");
    private static final Pattern MACHINE = Pattern.compile("(?m)^machine +(\\d+) KiB");
    private static final Pattern FREE = Pattern.compile("(?m)^free +(\\d+) KiB");
    private static final Pattern KERNEL = Pattern.compile("(?m)^kernel heap +(\\d+) KiB");
    private static final Pattern BUFFERS = Pattern.compile("(?m)^buffers +(\\d+) free of \\d+");
    private static final Pattern CONNECTION =
            Pattern.compile("(?m)^(SYN-|ESTABLISHED|FIN-WAIT|CLOSE-WAIT|CLOSING|LAST-ACK)");
    private static final Pattern MORE = Pattern.compile("(?m)^and (\\d+) more");
    private static final Pattern HALF_OPEN = Pattern.compile("half open: (\\d+)");
    private static final Pattern TIME_WAITS = Pattern.compile("in TIME-WAIT: (\\d+)");
    private static final Pattern DROP = Pattern.compile("(?m)^(\\d+) +([A-Z][A-Z0-9_]+) ");

    /** Of what the monitor has answered to g, m and n. */
    static Readings of(String shown) {
        Map<String, Long> drops = new TreeMap<>();
        for (MatchResult drop : DROP.matcher(shown).results().toList()) {
            drops.put(drop.group(2), Long.parseLong(drop.group(1)));
        }
        return new Readings(
                number(LIVE, shown),
                number(MACHINE, shown) - number(FREE, shown),
                number(KERNEL, shown),
                number(BUFFERS, shown),
                CONNECTION.matcher(shown).results().count() + numberOrZero(MORE, shown),
                numberOrZero(HALF_OPEN, shown),
                numberOrZero(TIME_WAITS, shown),
                drops);
    }

    private static long number(Pattern pattern, String shown) {
        Matcher matcher = pattern.matcher(shown);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in:\n" + shown);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static long numberOrZero(Pattern pattern, String shown) {
        return pattern.matcher(shown).find() ? number(pattern, shown) : 0;
    }

    long dropped(String reason) {
        return drops.getOrDefault(reason, 0L);
    }

    /** Whether nobody is connected, nor about to be. */
    boolean isQuiet() {
        return connections == 0 && halfOpen == 0;
    }
}
