package dev.cortado.kernel.cpu;

import com.oracle.svm.core.Uninterruptible;

/**
 * Leaves of CPUID that say the same on each CPU and at any time are asked once: the instruction
 * goes to the hypervisor, which takes as long as thousands of others.
 *
 * <p>The first question is one of the boot's, when there is one CPU; later ones find the answers.
 */
final class CpuLeaves {
    static final String REASON = "Asked before the Java runtime is up, too.";

    /** The instruction. */
    interface Source {
        /** One register of a leaf. */
        int read(int leaf, int subleaf, int register);

        /** Writes EAX, EBX, ECX and EDX of a leaf to four places of {@code to}. */
        void read(int leaf, int[] to, int at);
    }

    static final int REGISTERS = 4;

    private static final int FEATURES = 1;
    private static final int EXTENDED = 0x8000_0000;
    private static final int HYPERVISOR = 0x4000_0000;

    /** Bits that tell which of three ranges a leaf is in. */
    private static final int RANGE = 0xf000_0000;

    /** The first of a range comes before the others: its EAX is the highest leaf that there is. */
    private static final int[] KEPT = {
        0, FEATURES, 7, EXTENDED, 0x8000_0001, 0x8000_0007, 0x8000_0008, HYPERVISOR
    };

    private final Source source;
    private final int[] kept = new int[KEPT.length * REGISTERS];
    private boolean asked;

    CpuLeaves(Source source) {
        this.source = source;
    }

    /** See {@link CpuId#read}. */
    @Uninterruptible(reason = REASON)
    int read(int leaf, int subleaf, int register) {
        if (!asked) {
            askAll();
        }
        if (!exists(leaf)) {
            return 0;
        }
        int place = subleaf == 0 ? place(leaf) : -1;
        // Leaf 1 has the number of the CPU that asks in EBX.
        return place < 0 || (leaf == FEATURES && register == CpuId.EBX)
                ? source.read(leaf, subleaf, register)
                : keptRegister(place, register);
    }

    @Uninterruptible(reason = REASON)
    private void askAll() {
        for (int i = 0; i < KEPT.length; i++) {
            if ((KEPT[i] & ~RANGE) == 0 ? hasRange(KEPT[i]) : exists(KEPT[i])) {
                source.read(KEPT[i], kept, i * REGISTERS);
            }
        }
        asked = true;
    }

    /** Where there is no hypervisor, its leaves answer with anything. */
    @Uninterruptible(reason = REASON)
    private boolean hasRange(int range) {
        return range != HYPERVISOR
                || (keptRegister(place(FEATURES), CpuId.ECX) & CpuId.HYPERVISOR) != 0;
    }

    @Uninterruptible(reason = REASON)
    private boolean exists(int leaf) {
        int place = place(leaf & RANGE);
        return place >= 0 && Integer.compareUnsigned(leaf, keptRegister(place, CpuId.EAX)) <= 0;
    }

    @Uninterruptible(reason = REASON)
    private int keptRegister(int place, int register) {
        return kept[place * REGISTERS + register / Integer.BYTES];
    }

    /** Index among those kept, -1 for others. */
    @Uninterruptible(reason = REASON)
    private static int place(int leaf) {
        for (int i = 0; i < KEPT.length; i++) {
            if (KEPT[i] == leaf) {
                return i;
            }
        }
        return -1;
    }
}
