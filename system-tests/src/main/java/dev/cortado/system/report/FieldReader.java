package dev.cortado.system.report;

import java.util.Optional;

/** Reads what {@link FieldWriter} has written, and trusts none of it. */
final class FieldReader {
    private static final String NONE = "\\0";

    private final String[] fields;
    private int next;

    FieldReader(String line) {
        fields = line.split(" ", -1);
    }

    String text() throws MalformedRecordException {
        return unescape(field());
    }

    Optional<String> optionalText() throws MalformedRecordException {
        String field = field();
        return field.equals(NONE) ? Optional.empty() : Optional.of(unescape(field));
    }

    long number() throws MalformedRecordException {
        String field = field();
        try {
            return Long.parseLong(field);
        } catch (NumberFormatException e) {
            throw new MalformedRecordException("not a number: " + field);
        }
    }

    /** A number from 0 to {@code most}. */
    int count(int most) throws MalformedRecordException {
        long number = number();
        if (number < 0 || number > most) {
            throw new MalformedRecordException(number + " is not from 0 to " + most);
        }
        return (int) number;
    }

    void end() throws MalformedRecordException {
        if (next != fields.length) {
            throw new MalformedRecordException(fields.length - next + " fields too many");
        }
    }

    private String field() throws MalformedRecordException {
        if (next == fields.length) {
            throw new MalformedRecordException("fields are missing");
        }
        return fields[next++];
    }

    private static String unescape(String field) throws MalformedRecordException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            i++;
            char kind = i < field.length() ? field.charAt(i) : 0;
            switch (kind) {
                case 's' -> text.append(' ');
                case '\\' -> text.append('\\');
                case 'u' -> {
                    text.append(hex(field, i + 1));
                    i += 4;
                }
                default -> throw new MalformedRecordException("not an escape: " + field);
            }
        }
        return text.toString();
    }

    private static char hex(String field, int begin) throws MalformedRecordException {
        try {
            return (char) Integer.parseUnsignedInt(field, begin, begin + 4, 16);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new MalformedRecordException("not four hexadecimal digits: " + field);
        }
    }
}
