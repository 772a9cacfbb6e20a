package dev.cortado.drivers.acpi;

import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.resource.AddressRange;
import dev.cortado.drivers.acpi.resource.Interrupts;
import dev.cortado.drivers.acpi.resource.MemoryRange;
import dev.cortado.drivers.acpi.resource.Resource;

/**
 * Where a device of virtio over MMIO is.
 *
 * @param address the physical address of its registers
 * @param length their bytes
 * @param interrupt its one interrupt
 */
public record VirtioMmio(long address, long length, Interrupts interrupt) {
    /** _HID of such a device. */
    public static final String HARDWARE_ID = "LNRO0005";

    static VirtioMmio of(AcpiDevice device) throws AmlException {
        long address = 0;
        long length = 0;
        Interrupts interrupt = null;
        for (Resource resource : device.resources()) {
            switch (resource) {
                case MemoryRange memory -> {
                    address = memory.minimum();
                    length = memory.length();
                }
                case AddressRange range when range.kind() == AddressRange.Kind.MEMORY -> {
                    address = range.minimum();
                    length = range.length();
                }
                case Interrupts interrupts when !interrupts.numbers().isEmpty() ->
                        interrupt = interrupts.only(interrupts.numbers().getFirst());
                default -> {}
            }
        }
        if (length == 0 || interrupt == null) {
            throw new AmlException(device + " has no registers or no interrupt");
        }
        if (address <= 0 || length < 0 || length > Long.MAX_VALUE - address) {
            throw new AmlException(
                    "%s cannot have 0x%x bytes of registers at 0x%x"
                            .formatted(device, length, address));
        }
        return new VirtioMmio(address, length, interrupt);
    }
}
