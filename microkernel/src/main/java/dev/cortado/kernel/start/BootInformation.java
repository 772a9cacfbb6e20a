package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.MemoryMap;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * What the loader left in memory for a PVH guest (Xen's public/arch-x86/hvm/start_info.h), copied
 * out before that memory is handed out.
 */
public final class BootInformation {
    static final String REASON = "Runs before the Java runtime.";

    static final int COMMAND_LINE_CAPACITY = 4096;

    private static final int MAXIMUM_MEMORY_RANGES = 4096;

    private static final MemoryMap MEMORY = new MemoryMap();

    /** The command line, ended by a 0. */
    private static final byte[] COMMAND_LINE = new byte[COMMAND_LINE_CAPACITY];

    private static long rsdp;

    private BootInformation() {}

    /** Reads hvm_start_info at a physical address; false if it is not one that says the memory. */
    @Uninterruptible(reason = REASON)
    static boolean readPvh(long physical) {
        if (!isEarlyMapped(physical, PvhStartInfo.SIZE_VERSION_1)) {
            return false;
        }
        Pointer info = at(physical);
        if (info.readInt(PvhStartInfo.MAGIC) != PvhStartInfo.MAGIC_VALUE
                || info.readInt(PvhStartInfo.VERSION) < 1) {
            return false;
        }
        copyCommandLine(info.readLong(PvhStartInfo.COMMAND_LINE));
        rsdp = info.readLong(PvhStartInfo.RSDP);
        long count = info.readInt(PvhStartInfo.MEMORY_MAP_COUNT) & 0xffff_ffffL;
        long map = info.readLong(PvhStartInfo.MEMORY_MAP);
        if (count > MAXIMUM_MEMORY_RANGES
                || !isEarlyMapped(map, count * PvhStartInfo.MEMORY_ENTRY_SIZE)) {
            return false;
        }
        long limit = 1L << Numbers.min(CpuId.physicalAddressBits(), 45);
        for (long i = 0; i < count; i++) {
            Pointer entry = at(map + i * PvhStartInfo.MEMORY_ENTRY_SIZE);
            long begin = entry.readLong(PvhStartInfo.MEMORY_ADDRESS);
            long length = entry.readLong(PvhStartInfo.MEMORY_LENGTH);
            if (entry.readInt(PvhStartInfo.MEMORY_TYPE) == PvhStartInfo.MEMORY_TYPE_RAM
                    && begin >= 0
                    && length >= 0
                    && begin + length >= 0) {
                MEMORY.add(begin, begin + length, limit);
            }
        }
        return MEMORY.count() > 0;
    }

    @Uninterruptible(reason = REASON)
    private static void copyCommandLine(long physical) {
        if (physical == 0 || !isEarlyMapped(physical, COMMAND_LINE_CAPACITY)) {
            return;
        }
        Pointer line = at(physical);
        for (int i = 0; i < COMMAND_LINE_CAPACITY - 1 && line.readByte(i) != 0; i++) {
            COMMAND_LINE[i] = line.readByte(i);
        }
    }

    @Uninterruptible(reason = REASON)
    private static boolean isEarlyMapped(long physical, long bytes) {
        return physical > 0 && physical < AddressSpace.EARLY_MAPPED_SIZE - bytes;
    }

    @Uninterruptible(reason = REASON)
    private static Pointer at(long physical) {
        return WordFactory.pointer(DirectMap.toVirtual(physical));
    }

    @Uninterruptible(reason = REASON)
    static MemoryMap memory() {
        return MEMORY;
    }

    /** Physical address of ACPI's Root System Description Pointer, 0 if the loader knows none. */
    @Uninterruptible(reason = REASON)
    static long rsdp() {
        return rsdp;
    }

    @Uninterruptible(reason = REASON)
    public static byte[] commandLine() {
        return COMMAND_LINE;
    }
}
