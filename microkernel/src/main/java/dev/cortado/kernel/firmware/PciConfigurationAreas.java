package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/**
 * Where the configuration space of PCI Express is mapped, from the MCFG table (PCI Firmware
 * Specification 3.3, 4.1.2).
 */
public final class PciConfigurationAreas {
    public static final int CAPACITY = 16;

    private static final int ENTRIES = 44;
    private static final int ENTRY_BYTES = 16;
    private static final int ENTRY_ADDRESS = 0;
    private static final int ENTRY_SEGMENT = 8;
    private static final int ENTRY_FIRST_BUS = 10;
    private static final int ENTRY_LAST_BUS = 11;

    /** A bus has 1 MiB: 32 devices of 8 functions of 4 KiB. */
    private static final long BUS_MASK = 0xf_ffff;

    private static final int PHYSICAL_ADDRESS_BITS = 52;

    private final long[] addresses = new long[CAPACITY];
    private final int[] segments = new int[CAPACITY];
    private final int[] firstBuses = new int[CAPACITY];
    private final int[] lastBuses = new int[CAPACITY];
    private int count;

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int count() {
        return count;
    }

    /** Physical address of bus 0, whether or not the area begins there; 1 MiB a bus. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long address(int index) {
        return addresses[index];
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int segment(int index) {
        return segments[index];
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int firstBus(int index) {
        return firstBuses[index];
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int lastBus(int index) {
        return lastBuses[index];
    }

    /**
     * Takes over the entries that make sense.
     *
     * @param table a table whose bytes can be read, and the number of these
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    void read(FirmwareMemory memory, long table, long length) {
        clear();
        long entry = table + ENTRIES;
        while (entry + ENTRY_BYTES <= table + length && count < CAPACITY) {
            long address = memory.readLong(entry + ENTRY_ADDRESS);
            int firstBus = memory.readByte(entry + ENTRY_FIRST_BUS);
            int lastBus = memory.readByte(entry + ENTRY_LAST_BUS);
            if (address != 0
                    && (address & BUS_MASK) == 0
                    && address >>> PHYSICAL_ADDRESS_BITS == 0
                    && firstBus <= lastBus) {
                addresses[count] = address;
                segments[count] = memory.readShort(entry + ENTRY_SEGMENT);
                firstBuses[count] = firstBus;
                lastBuses[count] = lastBus;
                count++;
            }
            entry += ENTRY_BYTES;
        }
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    void clear() {
        count = 0;
    }
}
