package dev.cortado.drivers.acpi.aml;

/**
 * An integer.
 *
 * @param value unsigned, of 64 bits, or of 32 in a machine whose DSDT is older than revision 2
 */
public record AmlInteger(long value) implements AmlObject {
    @Override
    public ObjectType type() {
        return ObjectType.INTEGER;
    }
}
