package dev.cortado.kernel.memory;

import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;

/**
 * A fence for QEMU's emulator, which before 8.1 leaves fences and locked accesses out where one
 * thread of it is all CPUs: its devices are other threads all the same, and a word that says "look
 * again" is passed by the look that should come after it. (QEMU's commit c914d46d, "Do not elide
 * memory barriers for !CF_PARALLEL in system mode".)
 */
final class EmulatedFence {
    private static final int HYPERVISOR_LEAF = 0x4000_0000;

    /** "TCGT", of TCGTCGTCGTCG. */
    private static final int EMULATOR = 0x5447_4354;

    /**
     * Never mapped, and in no region with large pages: QEMU forgets no other translation for it.
     */
    private static final long NOWHERE = -0x1000L;

    private static final int UNKNOWN = 0;
    private static final int YES = 1;
    private static final int NO = 2;

    private static int needed;

    private EmulatedFence() {}

    /** How many threads it has, it does not say; with several, one fence too many does no harm. */
    static boolean isNeeded() {
        if (needed == UNKNOWN) {
            boolean emulated = CpuId.read(HYPERVISOR_LEAF, 0, CpuId.EBX) == EMULATOR;
            needed = emulated ? YES : NO;
        }
        return needed == YES;
    }

    /** To forget a translation, the emulator takes a lock, which is a fence of the host's CPU. */
    static void run() {
        Cpu.invalidatePage(NOWHERE);
    }
}
