package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/**
 * Reads the MP configuration table (MultiProcessor Specification 1.4, chapter 4), which small
 * hypervisors have in place of ACPI. The default configurations of chapter 5, without a table, are
 * not supported.
 */
final class MultiProcessorTable {
    /** MP Floating Pointer Structure (4.1). */
    private static final long POINTER_SIGNATURE = FirmwareMemory.signature("_MP_");

    private static final int POINTER_TABLE = 4;
    private static final int POINTER_LENGTH = 8;
    private static final int POINTER_DEFAULT_CONFIGURATION = 11;
    private static final int POINTER_BYTES = 16;

    /** MP Configuration Table Header (4.2). */
    private static final long TABLE_SIGNATURE = FirmwareMemory.signature("PCMP");

    private static final int TABLE_LENGTH = 4;
    private static final int TABLE_LOCAL_APIC_ADDRESS = 36;
    private static final int TABLE_ENTRIES = 44;

    /** Processor (4.3.1). */
    private static final int PROCESSOR = 0;

    private static final int PROCESSOR_BYTES = 20;
    private static final int PROCESSOR_APIC_ID = 1;
    private static final int PROCESSOR_FLAGS = 3;

    /** Flag of {@link #PROCESSOR} and {@link #IO_APIC}. */
    private static final int USABLE = 1;

    /** Bus (4.3.2). */
    private static final int BUS = 1;

    private static final int BUS_ID = 1;
    private static final int BUS_TYPE = 2;
    private static final int BUS_TYPE_END = 6;
    private static final long BUS_TYPE_ISA = FirmwareMemory.signature("ISA ");
    private static final long BUS_TYPE_ISA_END = FirmwareMemory.signature("  ");

    /** I/O APIC (4.3.3). */
    private static final int IO_APIC = 2;

    private static final int IO_APIC_ID = 1;
    private static final int IO_APIC_FLAGS = 3;
    private static final int IO_APIC_ADDRESS = 4;

    /** These tables know no global numbers of interrupts; lines of an 82093AA. */
    private static final int LINES_OF_IO_APIC = 24;

    /** I/O Interrupt Assignment (4.3.4). */
    private static final int IO_INTERRUPT = 3;

    private static final int IO_INTERRUPT_TYPE = 1;
    private static final int IO_INTERRUPT_TYPE_INT = 0;
    private static final int IO_INTERRUPT_FLAGS = 2;
    private static final int IO_INTERRUPT_BUS = 4;
    private static final int IO_INTERRUPT_LINE = 5;
    private static final int IO_INTERRUPT_IO_APIC = 6;
    private static final int IO_INTERRUPT_INPUT = 7;

    /** Local Interrupt Assignment (4.3.5). */
    private static final int LOCAL_INTERRUPT = 4;

    private static final int OTHER_ENTRY_BYTES = 8;

    private final FirmwareMemory memory;
    private final boolean[] isIsaBus = new boolean[256];

    MultiProcessorTable(FirmwareMemory memory) {
        this.memory = memory;
    }

    /** Fills in what the table says; false, and nothing filled in, if there is no sound one. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    boolean read(InterruptTopology topology) {
        return search(PcAreas.BASE_MEMORY_END_BEGIN, PcAreas.BASE_MEMORY_END, topology)
                || search(PcAreas.BIOS_BEGIN, PcAreas.BIOS_END, topology);
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private boolean search(long begin, long end, InterruptTopology topology) {
        for (long pointer = begin; pointer < end; pointer += POINTER_BYTES) {
            if (isPointer(pointer)
                    && readTable(memory.readInt(pointer + POINTER_TABLE), topology)) {
                return true;
            }
        }
        return false;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private boolean isPointer(long pointer) {
        return memory.contains(pointer, POINTER_BYTES)
                && memory.readInt(pointer) == POINTER_SIGNATURE
                && memory.readByte(pointer + POINTER_LENGTH) == 1
                && memory.isSumZero(pointer, POINTER_BYTES)
                && memory.readByte(pointer + POINTER_DEFAULT_CONFIGURATION) == 0;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private boolean readTable(long table, InterruptTopology topology) {
        topology.clear();
        if (!memory.contains(table, TABLE_ENTRIES) || memory.readInt(table) != TABLE_SIGNATURE) {
            return false;
        }
        int length = memory.readShort(table + TABLE_LENGTH);
        if (!memory.contains(table, length)
                || !memory.isSumZero(table, length)
                || !isSound(table, length)) {
            return false;
        }
        for (int bus = 0; bus < isIsaBus.length; bus++) {
            isIsaBus[bus] = false;
        }
        topology.setLocalApicAddress(memory.readInt(table + TABLE_LOCAL_APIC_ADDRESS));
        readEntries(table, length, topology, false);
        readEntries(table, length, topology, true);
        if (topology.processors().count() == 0) {
            topology.clear();
            return false;
        }
        return true;
    }

    /**
     * Whether entries of known types, and so of known lengths, fill the table. The header's count
     * of entries is not looked at: Firecracker leaves it 0.
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    private boolean isSound(long table, int length) {
        int offset = TABLE_ENTRIES;
        while (offset < length) {
            int type = memory.readByte(table + offset);
            if (type > LOCAL_INTERRUPT || entryBytes(type) > length - offset) {
                return false;
            }
            offset += entryBytes(type);
        }
        return true;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private static int entryBytes(int type) {
        return type == PROCESSOR ? PROCESSOR_BYTES : OTHER_ENTRY_BYTES;
    }

    /**
     * @param interrupts whether to read the interrupts, which refer to all other entries, or those
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    private void readEntries(
            long table, int length, InterruptTopology topology, boolean interrupts) {
        long entry = table + TABLE_ENTRIES;
        while (entry < table + length) {
            int type = memory.readByte(entry);
            if (!interrupts) {
                readDevice(type, entry, topology);
            } else if (type == IO_INTERRUPT) {
                readInterrupt(entry, topology);
            }
            entry += entryBytes(type);
        }
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private void readDevice(int type, long entry, InterruptTopology topology) {
        if (type == PROCESSOR) {
            if ((memory.readByte(entry + PROCESSOR_FLAGS) & USABLE) != 0) {
                topology.processors().add(memory.readByte(entry + PROCESSOR_APIC_ID));
            }
        } else if (type == BUS) {
            isIsaBus[memory.readByte(entry + BUS_ID)] =
                    memory.readInt(entry + BUS_TYPE) == BUS_TYPE_ISA
                            && memory.readShort(entry + BUS_TYPE_END) == BUS_TYPE_ISA_END;
        } else if (type == IO_APIC && (memory.readByte(entry + IO_APIC_FLAGS) & USABLE) != 0) {
            topology.ioApics()
                    .add(
                            memory.readByte(entry + IO_APIC_ID),
                            memory.readInt(entry + IO_APIC_ADDRESS),
                            (long) LINES_OF_IO_APIC * topology.ioApics().count());
        }
    }

    /** A line of the ISA bus becomes an override unless it is where it is without one. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    private void readInterrupt(long entry, InterruptTopology topology) {
        int ioApic = topology.ioApics().indexOfId(memory.readByte(entry + IO_INTERRUPT_IO_APIC));
        if (ioApic < 0
                || memory.readByte(entry + IO_INTERRUPT_TYPE) != IO_INTERRUPT_TYPE_INT
                || !isIsaBus[memory.readByte(entry + IO_INTERRUPT_BUS)]) {
            return;
        }
        int line = memory.readByte(entry + IO_INTERRUPT_LINE);
        int flags = memory.readShort(entry + IO_INTERRUPT_FLAGS);
        long interrupt =
                topology.ioApics().firstInterrupt(ioApic)
                        + memory.readByte(entry + IO_INTERRUPT_INPUT);
        if (interrupt != line || flags != 0) {
            topology.overrides().add(line, interrupt, flags);
        }
    }
}
