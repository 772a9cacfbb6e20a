/**
 * What a device uses and may use: resource templates as _CRS, _PRS and _SRS have them (ACPI 6.5,
 * 6.4). {@link dev.cortado.drivers.acpi.resource.ResourceTemplate} reads and writes them.
 */
package dev.cortado.drivers.acpi.resource;
