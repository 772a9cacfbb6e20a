package dev.cortado.drivers.acpi.aml;

import java.util.Arrays;

/**
 * Implicit conversions between integers, strings and buffers (ACPI 6.5, 19.3.5.5 to 19.3.5.7), and
 * copies. Where the specification leaves something open, ACPICA's answer is taken, which firmware
 * is tested with.
 */
final class Conversions {
    /** Of an element: a reference, and the number or the reference that it may be to. */
    private static final int ELEMENT_BYTES = 32;

    private static final int BYTES_PER_STEP = 8;

    /** Of packages within packages, which are copied by a method that calls itself. */
    private static final int MAXIMUM_NESTING = 16;

    private static final int HEXADECIMAL = 16;

    private final Execution execution;

    Conversions(Execution execution) {
        this.execution = execution;
    }

    AmlInteger integer(AmlObject value) throws AmlException {
        return execution.integer(number(value));
    }

    /** A string is a hexadecimal number, a buffer one of its first bytes, lowest first. */
    long number(AmlObject value) throws AmlException {
        return switch (value(value)) {
            case AmlInteger integer -> integer.value();
            case AmlString string -> {
                execution.budget().steps(string.length() / BYTES_PER_STEP);
                yield Numerals.implicit(string.bytes(), execution.integerBytes());
            }
            case AmlBuffer buffer -> littleEndian(buffer.bytes());
            default -> throw unexpected("An integer", value);
        };
    }

    long littleEndian(byte[] bytes) {
        long value = 0;
        for (int i = Math.min(bytes.length, execution.integerBytes()) - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes[i] & 0xff;
        }
        return value;
    }

    AmlString string(AmlObject value) throws AmlException {
        return switch (value(value)) {
            case AmlString string -> new AmlString(copy(string.bytes()));
            case AmlInteger integer ->
                    newString(Numerals.padded(integer.value(), execution.integerBytes()));
            case AmlBuffer buffer -> newString(Numerals.list(buffer, HEXADECIMAL, ' ', execution));
            default -> throw unexpected("A string", value);
        };
    }

    AmlString newString(String text) throws AmlException {
        execution.allocate(text.length());
        return new AmlString(text);
    }

    AmlBuffer buffer(AmlObject value) throws AmlException {
        return switch (value(value)) {
            case AmlBuffer buffer -> new AmlBuffer(copy(buffer.bytes()));
            // With the NUL behind it.
            case AmlString string -> {
                execution.allocate(string.length() + 1L);
                yield new AmlBuffer(Arrays.copyOf(string.bytes(), string.length() + 1));
            }
            case AmlInteger integer -> new AmlBuffer(bytes(integer));
            default -> throw unexpected("A buffer", value);
        };
    }

    /** Those that a field takes. May be the value's own: to be read only. */
    byte[] bytes(AmlObject value) throws AmlException {
        return switch (value(value)) {
            case AmlInteger integer -> bytes(integer);
            case AmlBytes given -> given.bytes();
            default -> throw unexpected("An integer, string or buffer", value);
        };
    }

    byte[] bytes(AmlInteger integer) {
        byte[] bytes = new byte[execution.integerBytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (integer.value() >>> i * Byte.SIZE);
        }
        return bytes;
    }

    /** A buffer keeps its length, unless it has none yet. */
    void storeBytes(AmlObject value, AmlBuffer target) throws AmlException {
        byte[] source = bytes(value);
        int length = target.length() == 0 ? source.length : target.length();
        execution.allocate(length);
        target.replace(Arrays.copyOf(source, length));
    }

    /** The result of Index stands for what it refers to, that of RefOf does not. */
    private AmlObject value(AmlObject value) throws AmlException {
        if (value instanceof AmlReference reference
                && (reference.place() instanceof Place.Element
                        || reference.place() instanceof Place.ByteOf)) {
            return reference.place().read(execution);
        }
        return value;
    }

    AmlObject copy(AmlObject value) throws AmlException {
        return copy(value, 0);
    }

    private AmlObject copy(AmlObject value, int nesting) throws AmlException {
        return switch (value) {
            case AmlString string -> new AmlString(copy(string.bytes()));
            case AmlBuffer buffer -> new AmlBuffer(copy(buffer.bytes()));
            case AmlPackage elements -> copy(elements, nesting);
            default -> value;
        };
    }

    private byte[] copy(byte[] bytes) throws AmlException {
        execution.allocate(bytes.length);
        return bytes.clone();
    }

    private AmlPackage copy(AmlPackage source, int nesting) throws AmlException {
        if (nesting == MAXIMUM_NESTING) {
            throw new AmlException("Packages nested deeper than " + MAXIMUM_NESTING);
        }
        AmlObject[] elements = newElements(source.length());
        for (int i = 0; i < elements.length; i++) {
            execution.budget().step();
            AmlObject element = source.get(i);
            elements[i] = element == null ? null : copy(element, nesting + 1);
        }
        return new AmlPackage(elements);
    }

    AmlObject[] newElements(int count) throws AmlException {
        execution.allocate((long) count * ELEMENT_BYTES);
        return new AmlObject[count];
    }

    static AmlException unexpected(String wanted, AmlObject value) {
        return new AmlException(wanted + " is wanted, not " + value.type());
    }
}
