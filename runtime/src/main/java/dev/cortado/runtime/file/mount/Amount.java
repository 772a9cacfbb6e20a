package dev.cortado.runtime.file.mount;

/** Amounts of bytes, for people. */
final class Amount {
    private static final String UNITS = "KMGTPE";
    private static final int BITS_PER_UNIT = 10;
    private static final int WITHOUT_TENTHS = 10;

    private Amount() {}

    /** As 512 B, 1.5 GiB or 12 MiB: rounded down. */
    static String text(long bytes) {
        int unit = 0;
        while (bytes >>> (unit + 1) * BITS_PER_UNIT > 0 && unit < UNITS.length()) {
            unit++;
        }
        if (unit == 0) {
            return bytes + " B";
        }
        int shift = unit * BITS_PER_UNIT;
        long whole = bytes >>> shift;
        long tenth = (bytes - (whole << shift)) * 10 >>> shift;
        String number = whole < WITHOUT_TENTHS ? whole + "." + tenth : Long.toString(whole);
        return number + " " + UNITS.charAt(unit - 1) + "iB";
    }
}
