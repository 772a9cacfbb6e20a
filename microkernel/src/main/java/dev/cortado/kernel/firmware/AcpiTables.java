package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;

/**
 * Finds ACPI tables by their signature (ACPI 6.5, 5.2). Only tables that can be read in whole and
 * whose checksum is right are found.
 */
final class AcpiTables {
    /** No such table. */
    static final long NONE = 0;

    static final long MADT = FirmwareMemory.signature("APIC");
    static final long FADT = FirmwareMemory.signature("FACP");
    static final long HPET = FirmwareMemory.signature("HPET");
    static final long MCFG = FirmwareMemory.signature("MCFG");
    static final long DSDT = FirmwareMemory.signature("DSDT");
    static final long SSDT = FirmwareMemory.signature("SSDT");

    /** Bytes of the header that all tables but the RSDP begin with (5.2.6). */
    static final int HEADER_BYTES = 36;

    private static final int TABLE_LENGTH = 4;

    /** Longer tables are taken for damaged ones: those that are read here have some kilobytes. */
    private static final long MAXIMUM_TABLE_BYTES = 1 << 20;

    /** Entries of the root table beyond this are not looked at; real ones have some dozens. */
    private static final long MAXIMUM_TABLES = 256;

    private static final long RSDT_SIGNATURE = FirmwareMemory.signature("RSDT");
    private static final long XSDT_SIGNATURE = FirmwareMemory.signature("XSDT");

    /** Root System Description Pointer (5.2.5.3). */
    private static final long RSDP_SIGNATURE = FirmwareMemory.signature("RSD PTR ");

    private static final int RSDP_REVISION = 15;
    private static final int RSDP_RSDT_ADDRESS = 16;
    private static final int RSDP_BYTES_REVISION_0 = 20;
    private static final int RSDP_LENGTH = 20;
    private static final int RSDP_XSDT_ADDRESS = 24;
    private static final int RSDP_BYTES_REVISION_2 = 36;
    private static final int RSDP_ALIGNMENT = 16;

    private final FirmwareMemory memory;
    private long root = NONE;
    private int entryBytes;
    private boolean damaged;

    AcpiTables(FirmwareMemory memory) {
        this.memory = memory;
    }

    /** The same tables, read through another memory. */
    AcpiTables in(FirmwareMemory other) {
        AcpiTables tables = new AcpiTables(other);
        tables.entryBytes = entryBytes;
        tables.root =
                tables.isTable(root, entryBytes == Long.BYTES ? XSDT_SIGNATURE : RSDT_SIGNATURE)
                        ? root
                        : NONE;
        return tables;
    }

    /** Uses the RSDP at a physical address; false if none is there that leads to a root table. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    boolean open(long rsdp) {
        root = NONE;
        if (!isRsdp(rsdp)) {
            return false;
        }
        if (memory.readByte(rsdp + RSDP_REVISION) >= 2) {
            long xsdt = memory.readLong(rsdp + RSDP_XSDT_ADDRESS);
            if (isTable(xsdt, XSDT_SIGNATURE)) {
                root = xsdt;
                entryBytes = Long.BYTES;
                return true;
            }
        }
        long rsdt = memory.readInt(rsdp + RSDP_RSDT_ADDRESS);
        if (isTable(rsdt, RSDT_SIGNATURE)) {
            root = rsdt;
            entryBytes = Integer.BYTES;
            return true;
        }
        return false;
    }

    /**
     * Looks for the RSDP where a PC's BIOS puts it (5.2.5.1), for loaders that do not tell; false
     * if there is none.
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    boolean search() {
        return search(PcAreas.BASE_MEMORY_END_BEGIN, PcAreas.BASE_MEMORY_END)
                || search(PcAreas.BIOS_BEGIN, PcAreas.BIOS_END);
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private boolean search(long begin, long end) {
        for (long address = begin; address < end; address += RSDP_ALIGNMENT) {
            if (open(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The physical address of the table with a signature, {@link #NONE} if there is none.
     *
     * @param index which one, from 0, if there are several
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    long find(long signature, int index) {
        if (root == NONE) {
            return NONE;
        }
        long entries = Numbers.min((length(root) - HEADER_BYTES) / entryBytes, MAXIMUM_TABLES);
        int matches = 0;
        for (long i = 0; i < entries; i++) {
            long entry = root + HEADER_BYTES + i * entryBytes;
            long table = entryBytes == 8 ? memory.readLong(entry) : memory.readInt(entry);
            if (isTable(table, signature) && matches++ == index) {
                return table;
            }
        }
        return NONE;
    }

    /** Bytes of a table that was found, header included. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    long length(long table) {
        return memory.readInt(table + TABLE_LENGTH);
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private boolean isRsdp(long rsdp) {
        if (!memory.contains(rsdp, RSDP_BYTES_REVISION_0)
                || memory.readLong(rsdp) != RSDP_SIGNATURE
                || !memory.isSumZero(rsdp, RSDP_BYTES_REVISION_0)) {
            return false;
        }
        if (memory.readByte(rsdp + RSDP_REVISION) < 2) {
            return true;
        }
        if (!memory.contains(rsdp, RSDP_BYTES_REVISION_2)) {
            return false;
        }
        long length = memory.readInt(rsdp + RSDP_LENGTH);
        return length >= RSDP_BYTES_REVISION_2
                && length <= MAXIMUM_TABLE_BYTES
                && memory.contains(rsdp, length)
                && memory.isSumZero(rsdp, length);
    }

    /** Whether a sound table with that signature is there. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    boolean isTable(long table, long signature) {
        if (!memory.contains(table, HEADER_BYTES) || memory.readInt(table) != signature) {
            return false;
        }
        long length = length(table);
        boolean whole =
                length >= HEADER_BYTES
                        && length <= MAXIMUM_TABLE_BYTES
                        && memory.contains(table, length)
                        && memory.isSumZero(table, length);
        damaged |= !whole;
        return whole;
    }

    /** Whether there was a table that was not found because of its length or checksum. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    boolean isDamaged() {
        return damaged;
    }
}
