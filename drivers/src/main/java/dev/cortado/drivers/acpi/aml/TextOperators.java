package dev.cortado.drivers.acpi.aml;

import java.util.Arrays;

/** Operators on strings and buffers, and explicit conversions (ACPI 6.5, 19.6). */
final class TextOperators {
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;

    /** The end of a resource template (6.4.2.9); checksum 0 means that there is none. */
    private static final byte END_TAG = 0x79;

    private static final int END_TAG_BYTES = 2;

    private final Execution execution;
    private final Expressions expressions;

    TextOperators(Execution execution, Expressions expressions) {
        this.execution = execution;
        this.expressions = expressions;
    }

    AmlObject apply(int opcode, Frame frame) throws AmlException {
        AmlObject value = expressions.value(frame);
        if (value instanceof AmlReference reference) {
            value = reference.place().read(execution);
        }
        AmlObject result =
                switch (opcode) {
                    case Opcode.CONCAT -> concatenate(value, expressions.value(frame));
                    case Opcode.CONCAT_RES -> concatenateTemplates(value, expressions.value(frame));
                    case Opcode.MID -> mid(value, frame);
                    case Opcode.TO_BUFFER -> execution.conversions().buffer(value);
                    case Opcode.TO_DECIMAL_STRING -> toDecimalString(value);
                    case Opcode.TO_HEX_STRING -> toHexString(value);
                    case Opcode.TO_INTEGER -> toInteger(value);
                    default -> toString(value, frame);
                };
        return expressions.store(frame, result);
    }

    /**
     * Concatenate (19.6.12): the left operand's type is the result's, but integers make buffers.
     */
    private AmlObject concatenate(AmlObject left, AmlObject right) throws AmlException {
        Conversions conversions = execution.conversions();
        return switch (left) {
            case AmlString text ->
                    new AmlString(join(text.bytes(), conversions.string(right).bytes()));
            case AmlBuffer buffer ->
                    new AmlBuffer(join(buffer.bytes(), conversions.buffer(right).bytes()));
            default -> {
                byte[] first = conversions.bytes(conversions.integer(left));
                byte[] second = conversions.bytes(conversions.integer(right));
                yield new AmlBuffer(join(first, second));
            }
        };
    }

    private byte[] join(byte[] left, byte[] right) throws AmlException {
        int length = execution.allocate((long) left.length + right.length);
        byte[] both = Arrays.copyOf(left, length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }

    /** ConcatenateResTemplate (19.6.13): with one end for both. */
    private AmlBuffer concatenateTemplates(AmlObject left, AmlObject right) throws AmlException {
        byte[] first = template(left);
        byte[] second = template(right);
        return new AmlBuffer(join(join(first, second), new byte[] {END_TAG, 0}));
    }

    private byte[] template(AmlObject value) throws AmlException {
        if (!(value instanceof AmlBuffer buffer)) {
            throw Conversions.unexpected("A resource template", value);
        }
        byte[] bytes = buffer.bytes();
        int end = bytes.length - END_TAG_BYTES;
        if (bytes.length > 0 && (end < 0 || bytes[end] != END_TAG)) {
            throw new AmlException("A resource template without an end");
        }
        return Arrays.copyOf(bytes, execution.allocate(Math.max(end, 0)));
    }

    /** Mid (19.6.86): what lies beyond the end is left out. */
    private AmlObject mid(AmlObject source, Frame frame) throws AmlException {
        long index = expressions.number(frame);
        long length = expressions.number(frame);
        if (!(source instanceof AmlBytes given)) {
            throw Conversions.unexpected("A string or buffer", source);
        }
        int start = unsignedMinimum(index, given.length());
        int count = unsignedMinimum(length, given.length() - start);
        execution.allocate(count);
        byte[] part = Arrays.copyOfRange(given.bytes(), start, start + count);
        return given instanceof AmlString ? new AmlString(part) : new AmlBuffer(part);
    }

    private static int unsignedMinimum(long value, int maximum) {
        return value < 0 ? maximum : (int) Math.min(value, maximum);
    }

    private AmlString toDecimalString(AmlObject value) throws AmlException {
        Conversions conversions = execution.conversions();
        return switch (value) {
            case AmlInteger integer ->
                    conversions.newString(Long.toUnsignedString(integer.value()));
            case AmlBuffer buffer ->
                    conversions.newString(Numerals.list(buffer, DECIMAL, ',', execution));
            default -> conversions.string(value);
        };
    }

    private AmlString toHexString(AmlObject value) throws AmlException {
        Conversions conversions = execution.conversions();
        return value instanceof AmlBuffer buffer
                ? conversions.newString(Numerals.list(buffer, HEXADECIMAL, ',', execution))
                : conversions.string(value);
    }

    private AmlInteger toInteger(AmlObject value) throws AmlException {
        if (value instanceof AmlString text) {
            execution.budget().steps(text.length() / Long.BYTES);
            return execution.integer(Numerals.explicit(text.bytes(), execution.integerBytes()));
        }
        return execution.conversions().integer(value);
    }

    /** ToString (19.6.137): up to a NUL, the length that is asked for, or the end. */
    private AmlString toString(AmlObject value, Frame frame) throws AmlException {
        byte[] bytes = execution.conversions().buffer(value).bytes();
        int length = unsignedMinimum(expressions.number(frame), bytes.length);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        execution.allocate(end);
        return new AmlString(Arrays.copyOf(bytes, end));
    }
}
