package dev.cortado.drivers.acpi.event;

import dev.cortado.drivers.acpi.aml.NamespaceNode;

/**
 * What AML says of a device (ACPI 6.5, 5.6.6).
 *
 * @param value of this class's constants, or another
 */
public record Notice(NamespaceNode node, long value) {
    /** What is below it may have changed. */
    public static final long BUS_CHECK = 0;

    /** It may have come, or be gone. */
    public static final long DEVICE_CHECK = 1;

    /** Somebody wants to take it away. */
    public static final long EJECT_REQUEST = 3;
}
