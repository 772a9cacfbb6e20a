package dev.cortado.kernel.monitor;

/**
 * What the monitor shows, line by line. Allocates nothing, so that it can tell of a heap that is
 * full; characters beyond ASCII are shown as question marks.
 */
public final class MonitorText {
    /** Takes the first {@code count} bytes of a text. */
    public interface Output {
        void write(byte[] text, int count);
    }

    private static final int CAPACITY = 256;

    private final Output output;
    private final byte[] bytes = new byte[CAPACITY];
    private int length;
    private int lineStart;

    public MonitorText(Output output) {
        this.output = output;
    }

    public MonitorText text(String text) {
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        return this;
    }

    public MonitorText character(char value) {
        if (length == CAPACITY) {
            flush();
        }
        bytes[length++] = value < 0x80 ? (byte) value : (byte) '?';
        return this;
    }

    /** A number in decimal. */
    public MonitorText number(long value) {
        if (value < 0) {
            character('-');
        }
        if (value >= 10 || value <= -10) {
            number(Math.abs(value / 10));
        }
        return character((char) ('0' + Math.abs(value % 10)));
    }

    /** A number in hexadecimal, with 0x. */
    public MonitorText hex(long value) {
        text("0x");
        int shift = (Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1)) / 4 * 4;
        for (; shift >= 0; shift -= 4) {
            character(Character.forDigit((int) (value >>> shift) & 0xf, 16));
        }
        return this;
    }

    /** Nanoseconds as milliseconds, with three digits behind the point. */
    public MonitorText milliseconds(long nanos) {
        long micros = Math.max(0, nanos / 1_000);
        number(micros / 1_000).character('.');
        for (long part = micros % 1_000, unit = 100; unit > 0; unit /= 10) {
            character((char) ('0' + part / unit % 10));
        }
        return this;
    }

    /** Bytes as KiB. */
    public MonitorText kibibytes(long bytes) {
        return number(bytes >> 10).text(" KiB");
    }

    /** Spaces up to a column of this line, one at least unless the line is empty. */
    public MonitorText column(int column) {
        if (length > lineStart) {
            character(' ');
        }
        while (length - lineStart < column) {
            character(' ');
        }
        return this;
    }

    /** Ends the line and shows it. */
    public MonitorText line() {
        character('\n');
        return flush();
    }

    /** Shows what there is of a line. */
    public MonitorText flush() {
        output.write(bytes, length);
        // What follows in this line begins at a column that lies before the buffer.
        lineStart = length > 0 && bytes[length - 1] == '\n' ? 0 : lineStart - length;
        length = 0;
        return this;
    }
}
