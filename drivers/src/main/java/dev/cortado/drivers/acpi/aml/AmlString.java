package dev.cortado.drivers.acpi.aml;

import java.nio.charset.StandardCharsets;

/** A string; the NUL that ends it in AML is not one of its bytes. */
public final class AmlString extends AmlBytes {
    AmlString(byte[] bytes) {
        super(bytes);
    }

    public AmlString(String text) {
        this(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The text, a character for each byte: AML means ASCII, and nobody checks. */
    public String text() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public ObjectType type() {
        return ObjectType.STRING;
    }

    @Override
    public String toString() {
        return '"' + text() + '"';
    }
}
