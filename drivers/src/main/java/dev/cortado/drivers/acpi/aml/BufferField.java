package dev.cortado.drivers.acpi.aml;

import java.util.Arrays;

/**
 * Bits of a buffer (19.6.18 and following), which the buffer had when this was made.
 *
 * @param first the first bit's number
 * @param bits how many, at least 1
 * @param isBuffer whether its value is a buffer even if it would fit into an integer: CreateField's
 */
record BufferField(AmlBuffer buffer, long first, long bits, boolean isBuffer) implements AmlObject {
    static BufferField of(AmlBuffer buffer, long first, long bits, boolean isBuffer)
            throws AmlException {
        BufferField field = new BufferField(buffer, first, bits, isBuffer);
        field.check();
        return field;
    }

    /** A buffer may be replaced by a shorter one after the field was made. */
    private void check() throws AmlException {
        long available = (long) buffer.length() * Byte.SIZE;
        if (first < 0 || bits <= 0 || bits > available || first > available - bits) {
            throw new AmlException(
                    "A field of "
                            + Long.toUnsignedString(bits)
                            + " bits at bit "
                            + Long.toUnsignedString(first)
                            + " of a buffer of "
                            + buffer.length()
                            + " bytes");
        }
    }

    AmlObject read(Execution execution) throws AmlException {
        check();
        execution.budget().steps(bits / Byte.SIZE);
        byte[] value = new byte[execution.allocate(Bits.bytesFor(bits))];
        Bits.copy(buffer.bytes(), first, value, 0, bits);
        return isBuffer ? new AmlBuffer(value) : execution.valueOf(value, bits);
    }

    /** A value that is too short is followed by zeros, one that is too long is cut off. */
    void write(byte[] value, Execution execution) throws AmlException {
        check();
        execution.budget().steps(bits / Byte.SIZE);
        // A buffer can be stored in a field of its own.
        byte[] source =
                value == buffer.bytes()
                        ? Arrays.copyOf(value, execution.allocate(value.length))
                        : value;
        long given = Math.min(bits, (long) source.length * Byte.SIZE);
        Bits.copy(source, 0, buffer.bytes(), first, given);
        Bits.clear(buffer.bytes(), first + given, bits - given);
    }

    @Override
    public ObjectType type() {
        return ObjectType.BUFFER_FIELD;
    }
}
