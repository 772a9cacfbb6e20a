package dev.cortado.drivers.acpi.aml;

import java.nio.charset.StandardCharsets;

/** A DSDT or SSDT (ACPI 6.5, 5.2.11) whose header has been checked. */
final class DefinitionBlock {
    /** Fields of a table's header (5.2.6, table 5.4). */
    private static final int LENGTH = 4;

    private static final int REVISION = 8;
    static final int HEADER_BYTES = 36;

    private static final int SIGNATURE_BYTES = 4;

    private final String name;
    private final byte[] bytes;

    private DefinitionBlock(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    static DefinitionBlock of(byte[] table) throws AmlException {
        if (table.length < HEADER_BYTES) {
            throw new AmlException(
                    "A table of " + table.length + " bytes is shorter than its header");
        }
        String signature = new String(table, 0, SIGNATURE_BYTES, StandardCharsets.ISO_8859_1);
        if (!signature.equals("DSDT") && !signature.equals("SSDT")) {
            throw new AmlException("A table with the signature of neither DSDT nor SSDT");
        }
        DefinitionBlock block = new DefinitionBlock(signature, table.clone());
        long length = block.littleEndian(LENGTH, Integer.BYTES);
        if (length != table.length) {
            throw new AmlException(
                    signature + " says it has " + length + " bytes, not " + table.length);
        }
        byte sum = 0;
        for (byte b : table) {
            sum += b;
        }
        if (sum != 0) {
            throw new AmlException("The checksum of " + signature + " is wrong");
        }
        return block;
    }

    String name() {
        return name;
    }

    int length() {
        return bytes.length;
    }

    /** Older than 2, a DSDT has integers of 32 bits in all tables. */
    int revision() {
        return byteAt(REVISION);
    }

    boolean isDsdt() {
        return name.equals("DSDT");
    }

    /** The byte at an offset that the caller has checked, unsigned. */
    int byteAt(int offset) {
        return bytes[offset] & 0xff;
    }

    /** A number of up to 8 bytes at an offset that the caller has checked. */
    long littleEndian(int offset, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << Byte.SIZE | byteAt(offset + i);
        }
        return value;
    }

    byte[] copy(int offset, int count) {
        byte[] part = new byte[count];
        System.arraycopy(bytes, offset, part, 0, count);
        return part;
    }
}
