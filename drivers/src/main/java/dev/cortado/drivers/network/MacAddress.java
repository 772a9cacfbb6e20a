package dev.cortado.drivers.network;

/**
 * Addresses of 48 bits (IEEE 802, 8): the byte that is sent first is the highest of a long's lower
 * six.
 */
public final class MacAddress {
    public static final int BYTES = 6;

    private static final int DIGITS = 3 * BYTES - 1;
    private static final long GROUP = 1L << 40;
    private static final long LOCAL = 1L << 41;
    private static final long ALL = (1L << 48) - 1;

    private MacAddress() {}

    /** A byte, the one that is sent first being number 0. */
    public static int byteOf(long address, int index) {
        return (int) (address >>> 8 * (BYTES - 1 - index)) & 0xff;
    }

    /** Whether it is one that a device may have: neither a group's nor nobody's. */
    public static boolean isStation(long address) {
        return address != 0 && (address & ~ALL) == 0 && (address & GROUP) == 0;
    }

    /** Makes an address of any number that nobody has been given (IEEE 802, 8.4). */
    public static long local(long random) {
        return random & ALL & ~GROUP | LOCAL;
    }

    /** Such as {@code 52:54:00:12:34:56}; -1 if it is none. */
    public static long parse(String text) {
        if (text == null || text.length() != DIGITS) {
            return -1;
        }
        long address = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (i % 3 == 2 ? text.charAt(i) != ':' : digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            if (i % 3 != 2) {
                address = address << 4 | digit;
            }
        }
        return address;
    }

    public static String format(long address) {
        StringBuilder text = new StringBuilder(DIGITS);
        for (int i = 0; i < BYTES; i++) {
            if (i > 0) {
                text.append(':');
            }
            text.append(Character.forDigit(byteOf(address, i) >>> 4, 16));
            text.append(Character.forDigit(byteOf(address, i) & 15, 16));
        }
        return text.toString();
    }
}
