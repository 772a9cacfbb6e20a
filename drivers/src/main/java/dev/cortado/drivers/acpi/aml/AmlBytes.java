package dev.cortado.drivers.acpi.aml;

/** A string or a buffer, whose bytes AML may change. */
public abstract sealed class AmlBytes implements AmlObject permits AmlString, AmlBuffer {
    private byte[] bytes;

    /** Keeps the array. */
    AmlBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public final int length() {
        return bytes.length;
    }

    /** A copy. */
    public final byte[] toByteArray() {
        return bytes.clone();
    }

    final byte[] bytes() {
        return bytes;
    }

    final void replace(byte[] other) {
        bytes = other;
    }

    /** Checks that an index of AML's, unsigned, is of one of the bytes. */
    final int checkIndex(long index) throws AmlException {
        if (index < 0 || index >= bytes.length) {
            throw new AmlException(
                    "Index " + Long.toUnsignedString(index) + " of " + bytes.length + " bytes");
        }
        return (int) index;
    }
}
