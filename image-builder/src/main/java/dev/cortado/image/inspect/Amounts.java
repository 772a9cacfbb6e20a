package dev.cortado.image.inspect;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Amounts {
    private Amounts() {}

    /** "999 B", "12.3 KiB", "4.5 MiB". */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
    }

    /** "1,234,567". */
    static String exact(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f%%", whole == 0 ? 0 : 100.0 * part / whole);
    }

    static String address(long address) {
        return "0x" + Long.toHexString(address);
    }
}
