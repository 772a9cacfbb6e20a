package dev.cortado.drivers.acpi.aml;

/** The four characters of a name, in an int, the first one lowest (ACPI 6.5, 20.2.2). */
final class NameSegment {
    static final int BYTES = 4;

    private NameSegment() {}

    /** Shorter names are padded with underscores. */
    static int of(String name) {
        int segment = 0;
        for (int i = BYTES - 1; i >= 0; i--) {
            segment = segment << Byte.SIZE | (i < name.length() ? name.charAt(i) & 0xff : '_');
        }
        return segment;
    }

    static String text(int segment) {
        char[] text = new char[BYTES];
        for (int i = 0; i < BYTES; i++) {
            text[i] = (char) (segment >>> i * Byte.SIZE & 0xff);
        }
        return new String(text);
    }

    static boolean isValid(int segment) {
        if (!isLead(segment & 0xff)) {
            return false;
        }
        for (int i = 1; i < BYTES; i++) {
            int character = segment >>> i * Byte.SIZE & 0xff;
            if (!isLead(character) && (character < '0' || character > '9')) {
                return false;
            }
        }
        return true;
    }

    static boolean isLead(int character) {
        return character >= 'A' && character <= 'Z' || character == '_';
    }
}
