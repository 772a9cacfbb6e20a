package dev.cortado.image.qemu;

/**
 * One of microvm's places for virtio's registers, behind the only IO-APIC (QEMU,
 * docs/system/i386/microvm). They are there when ACPI's tables are, which the power button needs;
 * QEMU tells only those tables of them, so the command line has to.
 *
 * @param number from 0
 */
public record MmioSlot(int number) {
    /** How many there are. */
    public static final int COUNT = 8;

    /** What the machine's name has behind it, so that they are there. */
    public static final String MACHINE = ",ioapic2=off";

    private static final long FIRST = 0xfeb0_0000L;
    private static final int BYTES = 512;
    private static final int FIRST_INTERRUPT = 16;

    /** For QEMU's option of a device. */
    public String bus() {
        return "virtio-mmio-bus." + number;
    }

    /** What the guest's kernel is told, which finds a device there. */
    public String kernelWord() {
        return "virtio_mmio.device=%d@0x%x:%d"
                .formatted(BYTES, FIRST + (long) number * BYTES, FIRST_INTERRUPT + number);
    }
}
