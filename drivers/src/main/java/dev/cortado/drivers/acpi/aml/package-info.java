/**
 * A bounded interpreter of the ACPI Machine Language (ACPI 6.5, chapters 5.3, 19 and 20), in which
 * firmware describes a machine's devices. {@link dev.cortado.drivers.acpi.aml.AmlInterpreter} is
 * the way in.
 *
 * <p>Tables come from outside and are programs: none of their bytes is trusted. Steps, depth,
 * memory and names have {@linkplain dev.cortado.drivers.acpi.aml.AmlLimits limits}, every offset is
 * checked, and whatever is wrong is an {@link dev.cortado.drivers.acpi.aml.AmlException} that says
 * what and where. Registers are reached through {@link dev.cortado.drivers.acpi.aml.RegionAccess}
 * only.
 *
 * <p>Left out: Load, LoadTable, Unload and DataTableRegion, operation regions other than
 * SystemMemory, SystemIO and PCI_Config, and concatenation of anything but integers, strings and
 * buffers. One thread at a time runs AML, so that mutexes are always free.
 */
package dev.cortado.drivers.acpi.aml;
