package dev.cortado.drivers.acpi.aml;

/**
 * A control method (ACPI 6.5, 20.2.5.2).
 *
 * @param block where its body is; null for {@link #OSI}, which the interpreter is
 * @param start the body's first byte
 * @param end the first byte behind it
 * @param arguments how many it takes, 0 to 7
 */
record AmlMethod(DefinitionBlock block, int start, int end, int arguments) implements AmlObject {
    /** {@code \_OSI} (5.7.2). */
    static final AmlMethod OSI = new AmlMethod(null, 0, 0, 1);

    @Override
    public ObjectType type() {
        return ObjectType.METHOD;
    }
}
