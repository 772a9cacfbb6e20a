/**
 * The devices that the firmware describes in ACPI's namespace: what they are, what they use, and
 * where their interrupts go. {@link dev.cortado.drivers.acpi.AcpiMachine} is the way in.
 */
package dev.cortado.drivers.acpi;
