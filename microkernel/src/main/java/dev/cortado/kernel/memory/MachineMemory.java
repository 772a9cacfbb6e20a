package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.CpuIdBits;
import dev.cortado.kernel.cpu.CpuId;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** What of memory depends on the machine that an image is for: chosen while the image is built. */
public final class MachineMemory {
    private static Translations translations;
    private static MemoryMapping mapping;
    private static EarlyMapping earlyMapping;

    private MachineMemory() {}

    /** Called while the image is built: how to make all CPUs forget translations. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setTranslations(Translations chosen) {
        translations = chosen;
    }

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setTables(TableMemory chosen) {
        Memory.pages().setTables(chosen);
    }

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setMapping(MemoryMapping chosen) {
        mapping = chosen;
    }

    /** Called while the image is built, for a machine that needs one. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setEarlyMapping(EarlyMapping chosen) {
        earlyMapping = chosen;
    }

    /** What {@link EarlyMapping#map} does. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long mapEarly(long information) {
        return earlyMapping.map(information);
    }

    /** Page tables that exist already become the kernel's. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void adoptPageTables(long root, long tables) {
        Memory.pages().adopt(root, tables, cpuHasNoExecute());
    }

    /** Physical address of the top-level page table, for another CPU's CR3. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long pageMap() {
        return Memory.pages().root();
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static Translations translations() {
        return translations;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static MemoryMapping mapping() {
        return mapping;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    static boolean cpuHasNoExecute() {
        return CpuId.has(0x8000_0001, CpuId.EDX, CpuIdBits.NX);
    }
}
