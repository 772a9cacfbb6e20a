package dev.cortado.system.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What becomes of the frames that go one way; time is an argument. */
final class WireDirection {
    private static final int BITS = 8;
    private static final long SECOND = 1_000_000_000L;

    /** So long a frame waits for others to overtake it: some hundred bytes' time. */
    private static final long OVERTAKEN_NANOS = 3_000_000;

    /** Behind the hardware addresses: who has a frame in which they are wrong is another one. */
    private static final int FIRST_CORRUPT = 14;

    private final WireConditions conditions;
    private final Random random;

    /** When the last frame has gone into the wire. */
    private long free;

    /**
     * A frame that comes out.
     *
     * @param at when, in nanoseconds
     */
    record Arrival(long at, byte[] frame) {}

    WireDirection(WireConditions conditions, long salt) {
        this.conditions = conditions;
        random = new Random(conditions.seed() * 31 + salt);
    }

    /** A frame goes in; says what comes out, and when. */
    List<Arrival> send(byte[] frame, long now) {
        // The same numbers are drawn for each frame, so that one's fate is not another's.
        boolean isLost = random.nextDouble() < conditions.loss();
        boolean isLate = random.nextDouble() < conditions.reordering();
        boolean isTwice = random.nextDouble() < conditions.duplication();
        boolean isCorrupt = random.nextDouble() < conditions.corruption();
        int place = random.nextInt(Integer.MAX_VALUE);
        long begin = Math.max(now, free);
        long waiting = (begin - now) * conditions.bitsPerSecond() / (BITS * SECOND);
        if (waiting + frame.length > conditions.queueBytes()) {
            return List.of();
        }
        free = begin + (long) frame.length * BITS * SECOND / conditions.bitsPerSecond();
        List<Arrival> arrivals = new ArrayList<>();
        if (!isLost) {
            long at = free + conditions.delayNanos() + (isLate ? OVERTAKEN_NANOS : 0);
            byte[] arriving = isCorrupt ? corrupt(frame, place) : frame;
            arrivals.add(new Arrival(at, arriving));
            if (isTwice) {
                arrivals.add(new Arrival(at, arriving));
            }
        }
        return arrivals;
    }

    private static byte[] corrupt(byte[] frame, int place) {
        if (frame.length <= FIRST_CORRUPT) {
            return frame;
        }
        byte[] changed = frame.clone();
        changed[FIRST_CORRUPT + place % (frame.length - FIRST_CORRUPT)] ^=
                (byte) (1 << (place >>> 8) % BITS);
        return changed;
    }
}
