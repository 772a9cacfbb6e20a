package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;

/** The battery-backed clock (Motorola MC146818), read once at boot; its time is taken as UTC. */
public final class RealTimeClock {
    private static final int INDEX = 0x70;
    private static final int DATA = 0x71;
    private static final int SECONDS = 0;
    private static final int MINUTES = 2;
    private static final int HOURS = 4;
    private static final int DAY = 7;
    private static final int MONTH = 8;
    private static final int YEAR = 9;
    private static final int STATUS_A = 10;
    private static final int STATUS_B = 11;
    private static final int UPDATE_IN_PROGRESS = 1 << 7;
    private static final int BINARY = 1 << 2;
    private static final int TWENTY_FOUR_HOURS = 1 << 1;
    private static final int AFTERNOON = 1 << 7;
    private static final int MAXIMUM_POLLS = 100_000;
    private static final long NANOS = 1_000_000_000;

    private RealTimeClock() {}

    /** Nanoseconds since 1970-01-01T00:00Z, 0 where the machine has no such clock. */
    @Uninterruptible(reason = Clock.REASON)
    public static long readEpochNanos() {
        if (read(STATUS_B) == 0xff) {
            return 0;
        }
        for (int polls = 0; polls < MAXIMUM_POLLS; polls++) {
            if ((read(STATUS_A) & UPDATE_IN_PROGRESS) == 0) {
                long first = readSeconds();
                if ((read(STATUS_A) & UPDATE_IN_PROGRESS) == 0 && readSeconds() == first) {
                    return first * NANOS;
                }
            }
        }
        return 0;
    }

    @Uninterruptible(reason = Clock.REASON)
    private static long readSeconds() {
        int status = read(STATUS_B);
        boolean binary = (status & BINARY) != 0;
        int hours = read(HOURS);
        boolean afternoon = (hours & AFTERNOON) != 0;
        hours = decode(hours & ~AFTERNOON, binary);
        if ((status & TWENTY_FOUR_HOURS) == 0) {
            hours = hours % 12 + (afternoon ? 12 : 0);
        }
        long days =
                daysSinceEpoch(
                        2000 + decode(read(YEAR), binary),
                        decode(read(MONTH), binary),
                        decode(read(DAY), binary));
        return ((days * 24 + hours) * 60 + decode(read(MINUTES), binary)) * 60
                + decode(read(SECONDS), binary);
    }

    /** Days from 1970-01-01 to a date of the Gregorian calendar after 1970. */
    @Uninterruptible(reason = Clock.REASON)
    static long daysSinceEpoch(int year, int month, int day) {
        // The year starts in March, so that the leap day is its last.
        int shiftedYear = month <= 2 ? year - 1 : year;
        int shiftedMonth = month <= 2 ? month + 9 : month - 3;
        return 365L * shiftedYear
                + shiftedYear / 4
                - shiftedYear / 100
                + shiftedYear / 400
                + (153 * shiftedMonth + 2) / 5
                + day
                - 719_469;
    }

    @Uninterruptible(reason = Clock.REASON)
    private static int decode(int value, boolean binary) {
        return binary ? value : (value >>> 4) * 10 + (value & 0xf);
    }

    @Uninterruptible(reason = Clock.REASON)
    private static int read(int register) {
        Cpu.out8(INDEX, register);
        return Cpu.in8(DATA) & 0xff;
    }
}
