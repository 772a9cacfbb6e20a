package dev.cortado.drivers.acpi.aml;

/**
 * A NameString (ACPI 6.5, 20.2.2).
 *
 * @param isAbsolute from the root
 * @param parents how many scopes up it begins
 * @param segments see {@link NameSegment}; may be none
 */
record NamePath(boolean isAbsolute, int parents, int[] segments) {
    private static final int ROOT = '\\';
    private static final int PARENT = '^';
    private static final int DUAL_PREFIX = 0x2e;
    private static final int MULTI_PREFIX = 0x2f;
    private static final int NULL_NAME = 0;
    private static final int[] NO_SEGMENTS = {};

    /** More than any name has. */
    private static final int MAXIMUM_CHARACTERS = 255 * (NameSegment.BYTES + 1) + 255;

    /** Whether a term that starts with this byte is a name. */
    static boolean startsWith(int first) {
        return first == ROOT
                || first == PARENT
                || first == DUAL_PREFIX
                || first == MULTI_PREFIX
                || NameSegment.isLead(first);
    }

    static NamePath read(AmlCursor cursor) throws AmlException {
        boolean absolute = cursor.peek() == ROOT;
        int parents = 0;
        if (absolute) {
            cursor.next();
        } else {
            while (cursor.peek() == PARENT) {
                cursor.next();
                parents++;
            }
        }
        int count =
                switch (cursor.peek()) {
                    case NULL_NAME -> skip(cursor, 0);
                    case DUAL_PREFIX -> skip(cursor, 2);
                    case MULTI_PREFIX -> {
                        cursor.next();
                        yield cursor.next();
                    }
                    default -> 1;
                };
        if (count == 0) {
            return new NamePath(absolute, parents, NO_SEGMENTS);
        }
        if (count * NameSegment.BYTES > cursor.end() - cursor.position()) {
            throw new AmlException("A name of " + count + " segments is cut off");
        }
        int[] segments = new int[count];
        for (int i = 0; i < count; i++) {
            int segment = (int) cursor.number(NameSegment.BYTES);
            if (!NameSegment.isValid(segment)) {
                throw new AmlException("0x" + Integer.toHexString(segment) + " is not a name");
            }
            segments[i] = segment;
        }
        return new NamePath(absolute, parents, segments);
    }

    private static int skip(AmlCursor cursor, int count) throws AmlException {
        cursor.next();
        return count;
    }

    /** From text such as {@code \_SB.PCI0} or {@code ^LNKA}. */
    static NamePath of(String text) throws AmlException {
        if (text.length() > MAXIMUM_CHARACTERS) {
            throw new AmlException("A name of " + text.length() + " characters");
        }
        boolean absolute = text.startsWith("\\");
        int start = absolute ? 1 : 0;
        while (!absolute && start < text.length() && text.charAt(start) == PARENT) {
            start++;
        }
        if (start == text.length()) {
            return new NamePath(absolute, absolute ? 0 : start, NO_SEGMENTS);
        }
        String[] names = text.substring(start).split("\\.", -1);
        int[] segments = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            segments[i] = NameSegment.of(names[i]);
            if (names[i].isEmpty()
                    || names[i].length() > NameSegment.BYTES
                    || !NameSegment.isValid(segments[i])) {
                throw new AmlException("\"" + text + "\" is not a name");
            }
        }
        return new NamePath(absolute, absolute ? 0 : start, segments);
    }

    /** Looked for in the scopes above, too (5.3). */
    boolean isSearched() {
        return !isAbsolute && parents == 0 && segments.length == 1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(isAbsolute ? "\\" : "");
        text.repeat('^', parents);
        for (int i = 0; i < segments.length; i++) {
            text.append(i == 0 ? "" : ".").append(NameSegment.text(segments[i]));
        }
        return text.toString();
    }
}
