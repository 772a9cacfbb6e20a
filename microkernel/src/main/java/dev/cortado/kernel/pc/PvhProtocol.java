package dev.cortado.kernel.pc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.BootProtocol;
import dev.cortado.boot.layout.KernelWords;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.start.BootInformation;
import dev.cortado.kernel.start.StartProtocol;
import java.nio.charset.StandardCharsets;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** What the loader of a PVH guest tells (Xen's public/arch-x86/hvm/start_info.h). */
final class PvhProtocol implements StartProtocol {
    private static final String REASON = "Runs before the Java runtime.";

    private static final int MAXIMUM_MEMORY_RANGES = 4096;

    private static final byte[] MODULE_BEGIN =
            KernelWords.MODULE.getBytes(StandardCharsets.US_ASCII);

    /** False if it is not hvm_start_info that says the memory. */
    @Override
    @Uninterruptible(reason = REASON)
    public boolean read(long protocol, long physical) {
        if (protocol != BootProtocol.PVH || !isEarlyMapped(physical, PvhStartInfo.SIZE_VERSION_1)) {
            return false;
        }
        Pointer info = at(physical);
        if (info.readInt(PvhStartInfo.MAGIC) != PvhStartInfo.MAGIC_VALUE
                || info.readInt(PvhStartInfo.VERSION) < 1) {
            return false;
        }
        long line = info.readLong(PvhStartInfo.COMMAND_LINE);
        if (line != 0 && isEarlyMapped(line, BootInformation.COMMAND_LINE_CAPACITY)) {
            BootInformation.copyCommandLine(at(line), BootInformation.COMMAND_LINE_CAPACITY);
        }
        readModule(info);
        Firmware.tables().read(info.readLong(PvhStartInfo.RSDP));
        long count = info.readInt(PvhStartInfo.MEMORY_MAP_COUNT) & 0xffff_ffffL;
        long map = info.readLong(PvhStartInfo.MEMORY_MAP);
        if (count > MAXIMUM_MEMORY_RANGES
                || !isEarlyMapped(map, count * PvhStartInfo.MEMORY_ENTRY_SIZE)) {
            return false;
        }
        readMemory(map, count);
        LastReset.prepare();
        return true;
    }

    /** The first module, where it continues the command line; another one is nobody's. */
    @Uninterruptible(reason = REASON)
    private static void readModule(Pointer info) {
        long list = info.readLong(PvhStartInfo.MODULE_LIST);
        if (info.readInt(PvhStartInfo.MODULE_COUNT) == 0
                || !isEarlyMapped(list, PvhStartInfo.MODULE_SIZE)) {
            return;
        }
        long text = at(list).readLong(PvhStartInfo.MODULE_ADDRESS);
        long bytes = at(list).readLong(PvhStartInfo.MODULE_LENGTH);
        if (bytes < MODULE_BEGIN.length
                || bytes >= AddressSpace.EARLY_MAPPED_SIZE
                || !isEarlyMapped(text, bytes)) {
            return;
        }
        for (int i = 0; i < MODULE_BEGIN.length; i++) {
            if (at(text).readByte(i) != MODULE_BEGIN[i]) {
                return;
            }
        }
        BootInformation.reserve(text, text + bytes);
        BootInformation.setMoreArguments(text + MODULE_BEGIN.length, bytes - MODULE_BEGIN.length);
    }

    @Uninterruptible(reason = REASON)
    private static void readMemory(long map, long count) {
        long limit = 1L << Numbers.min(CpuId.physicalAddressBits(), 45);
        for (long i = 0; i < count; i++) {
            Pointer entry = at(map + i * PvhStartInfo.MEMORY_ENTRY_SIZE);
            long begin = entry.readLong(PvhStartInfo.MEMORY_ADDRESS);
            long length = entry.readLong(PvhStartInfo.MEMORY_LENGTH);
            if (entry.readInt(PvhStartInfo.MEMORY_TYPE) == PvhStartInfo.MEMORY_TYPE_RAM
                    && begin >= 0
                    && length >= 0
                    && begin + length >= 0) {
                BootInformation.memory().add(begin, begin + length, limit);
            }
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
}
