/**
 * What the firmware's tables say of the machine: ACPI, and on machines without it the tables of the
 * MultiProcessor Specification.
 *
 * <p>{@link dev.cortado.kernel.firmware.FirmwareTables} is the way in. Nothing in the tables is
 * trusted: addresses, lengths and counts are checked before they are used, every loop ends, and a
 * table that is damaged is as good as absent. Runs before the Java runtime, so that nothing is
 * allocated: results are in arrays of a fixed size, and what does not fit is left out.
 */
package dev.cortado.kernel.firmware;
