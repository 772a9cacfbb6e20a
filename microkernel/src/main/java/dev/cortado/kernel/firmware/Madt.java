package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/** Reads the Multiple APIC Description Table (ACPI 6.5, 5.2.12). */
final class Madt {
    private static final int LOCAL_APIC_ADDRESS = 36;
    private static final int STRUCTURES = 44;

    private static final int STRUCTURE_TYPE = 0;
    private static final int STRUCTURE_LENGTH = 1;
    private static final int STRUCTURE_HEADER_BYTES = 2;

    /** Processor Local APIC (5.2.12.2). */
    private static final int LOCAL_APIC = 0;

    private static final int LOCAL_APIC_BYTES = 8;
    private static final int LOCAL_APIC_ID = 3;
    private static final int LOCAL_APIC_FLAGS = 4;

    /** Flag of {@link #LOCAL_APIC} and {@link #LOCAL_X2APIC}: ready for use. */
    private static final long ENABLED = 1;

    /** Means all CPUs, so that no CPU has it; some firmware fills unused entries with it. */
    private static final int BROADCAST_ID = 0xff;

    /** IO APIC (5.2.12.3). */
    private static final int IO_APIC = 1;

    private static final int IO_APIC_BYTES = 12;
    private static final int IO_APIC_ID = 2;
    private static final int IO_APIC_ADDRESS = 4;
    private static final int IO_APIC_FIRST_INTERRUPT = 8;

    /** Interrupt Source Override (5.2.12.5). */
    private static final int OVERRIDE = 2;

    private static final int OVERRIDE_BYTES = 10;
    private static final int OVERRIDE_BUS = 2;
    private static final int OVERRIDE_SOURCE = 3;
    private static final int OVERRIDE_GLOBAL_INTERRUPT = 4;
    private static final int OVERRIDE_FLAGS = 8;
    private static final int BUS_ISA = 0;

    /** Local APIC Address Override (5.2.12.8). */
    private static final int ADDRESS_OVERRIDE = 5;

    private static final int ADDRESS_OVERRIDE_BYTES = 12;
    private static final int ADDRESS_OVERRIDE_ADDRESS = 4;

    /** Processor Local x2APIC (5.2.12.12). */
    private static final int LOCAL_X2APIC = 9;

    private static final int LOCAL_X2APIC_BYTES = 16;
    private static final int LOCAL_X2APIC_ID = 4;
    private static final int LOCAL_X2APIC_FLAGS = 8;
    private static final int X2APIC_BROADCAST_ID = -1;

    private Madt() {}

    /**
     * Fills in what the table says; false, and nothing filled in, if one of its structures is
     * damaged or none is of a CPU.
     *
     * @param table a table whose bytes can be read, and the number of these
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    static boolean read(
            FirmwareMemory memory, long table, long length, InterruptTopology topology) {
        topology.clear();
        if (!isSound(memory, table, length)) {
            return false;
        }
        topology.setLocalApicAddress(memory.readInt(table + LOCAL_APIC_ADDRESS));
        long structure = table + STRUCTURES;
        while (structure < table + length) {
            readStructure(memory, structure, topology);
            structure += memory.readByte(structure + STRUCTURE_LENGTH);
        }
        if (topology.processors().count() == 0) {
            topology.clear();
            return false;
        }
        return true;
    }

    /** Whether the structures fill the table exactly, each as long as its type must be. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    private static boolean isSound(FirmwareMemory memory, long table, long length) {
        if (length < STRUCTURES) {
            return false;
        }
        long offset = STRUCTURES;
        while (offset < length) {
            long left = length - offset;
            if (left < STRUCTURE_HEADER_BYTES) {
                return false;
            }
            int type = memory.readByte(table + offset + STRUCTURE_TYPE);
            int bytes = memory.readByte(table + offset + STRUCTURE_LENGTH);
            if (bytes < minimumBytes(type) || bytes > left) {
                return false;
            }
            offset += bytes;
        }
        return true;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private static int minimumBytes(int type) {
        return switch (type) {
            case LOCAL_APIC -> LOCAL_APIC_BYTES;
            case IO_APIC -> IO_APIC_BYTES;
            case OVERRIDE -> OVERRIDE_BYTES;
            case ADDRESS_OVERRIDE -> ADDRESS_OVERRIDE_BYTES;
            case LOCAL_X2APIC -> LOCAL_X2APIC_BYTES;
            default -> STRUCTURE_HEADER_BYTES;
        };
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private static void readStructure(FirmwareMemory memory, long at, InterruptTopology topology) {
        switch (memory.readByte(at + STRUCTURE_TYPE)) {
            case LOCAL_APIC -> {
                int id = memory.readByte(at + LOCAL_APIC_ID);
                if ((memory.readInt(at + LOCAL_APIC_FLAGS) & ENABLED) != 0 && id != BROADCAST_ID) {
                    topology.processors().add(id);
                }
            }
            case LOCAL_X2APIC -> {
                int id = (int) memory.readInt(at + LOCAL_X2APIC_ID);
                if ((memory.readInt(at + LOCAL_X2APIC_FLAGS) & ENABLED) != 0
                        && id != X2APIC_BROADCAST_ID) {
                    topology.processors().add(id);
                }
            }
            case IO_APIC ->
                    topology.ioApics()
                            .add(
                                    memory.readByte(at + IO_APIC_ID),
                                    memory.readInt(at + IO_APIC_ADDRESS),
                                    memory.readInt(at + IO_APIC_FIRST_INTERRUPT));
            case OVERRIDE -> {
                if (memory.readByte(at + OVERRIDE_BUS) == BUS_ISA) {
                    topology.overrides()
                            .add(
                                    memory.readByte(at + OVERRIDE_SOURCE),
                                    memory.readInt(at + OVERRIDE_GLOBAL_INTERRUPT),
                                    memory.readShort(at + OVERRIDE_FLAGS));
                }
            }
            case ADDRESS_OVERRIDE ->
                    topology.setLocalApicAddress(memory.readLong(at + ADDRESS_OVERRIDE_ADDRESS));
            default -> {}
        }
    }
}
