package dev.cortado.drivers.acpi.aml;

import java.util.HexFormat;

/** A buffer, which resource templates and UUIDs are, too. */
public final class AmlBuffer extends AmlBytes {
    /** Keeps the array. */
    public AmlBuffer(byte[] bytes) {
        super(bytes);
    }

    @Override
    public ObjectType type() {
        return ObjectType.BUFFER;
    }

    @Override
    public String toString() {
        return "Buffer{" + HexFormat.of().formatHex(bytes()) + "}";
    }
}
