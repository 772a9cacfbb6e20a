package dev.cortado.kernel.hyperv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.CpuId;

/** What of it the hypervisor has, and what it recommends (TLFS, chapter 2). */
final class Enlightenments {
    private static final String REASON = HypervMachine.REASON;

    private static final int FIRST_LEAF = 0x4000_0000;
    private static final int LEAF_STEP = 0x100;

    /** Another hypervisor's leaves may come first: at most so many. */
    private static final int BASES = 16;

    /** "Microsoft Hv", in EBX, ECX and EDX of its first leaf. */
    private static final int VENDOR_EBX = 0x7263_694d;

    private static final int VENDOR_ECX = 0x666f_736f;
    private static final int VENDOR_EDX = 0x7648_2074;

    /** "Hv#1", EAX of the second leaf: the others are as the specification has them. */
    private static final int INTERFACE = 0x3123_7648;

    private static final int INTERFACE_LEAF = 1;
    private static final int FEATURES_LEAF = 3;
    private static final int RECOMMENDATIONS_LEAF = 4;

    /** Of the features, EAX: registers that the guest may use. */
    private static final int ACCESS_REFERENCE_COUNTER = 1 << 1;

    private static final int ACCESS_SYNTHETIC_TIMERS = 1 << 3;
    private static final int ACCESS_APIC = 1 << 4;
    private static final int ACCESS_GUEST_ID = 1 << 5;
    private static final int ACCESS_REFERENCE_TSC = 1 << 9;

    /** Of the features, EDX: synthetic timers interrupt by a vector, without messages. */
    private static final int DIRECT_TIMERS = 1 << 19;

    /** Of the recommendations, EAX: registers of the APIC are to be used as MSRs. */
    private static final int APIC_RECOMMENDED = 1 << 3;

    private static final int MSR_GUEST_OS_ID = 0x4000_0000;

    /**
     * Open source, of a kind that has no number (TLFS, 2.6), whose version begins with the JDK's.
     * Xen tells its recommendations only to who has at least 4 there: it takes bits 47 to 40 for
     * Windows' kind in any case.
     */
    private static final long GUEST_OS_ID =
            1L << 63 | 0xc0L << 48 | (long) Runtime.version().feature() << 40;

    private final HypervMachine machine;
    private boolean asked;
    private int access;
    private int features;
    private int recommendations;

    Enlightenments(HypervMachine machine) {
        this.machine = machine;
    }

    /** Asks the hypervisor, the first time, and tells it that there is a guest that knows it. */
    @Uninterruptible(reason = REASON)
    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        int base = find();
        if (base == 0) {
            return;
        }
        access = machine.cpuid(base + FEATURES_LEAF, CpuId.EAX);
        features = machine.cpuid(base + FEATURES_LEAF, CpuId.EDX);
        if ((access & ACCESS_GUEST_ID) != 0) {
            machine.writeMsr(MSR_GUEST_OS_ID, GUEST_OS_ID);
        }
        // What is recommended may depend on who asks.
        recommendations = machine.cpuid(base + RECOMMENDATIONS_LEAF, CpuId.EAX);
    }

    /** Its first leaf, 0 if it is not there. */
    @Uninterruptible(reason = REASON)
    private int find() {
        if (!machine.isVirtual()) {
            return 0;
        }
        for (int i = 0; i < BASES; i++) {
            int leaf = FIRST_LEAF + i * LEAF_STEP;
            if (isHyperv(leaf)) {
                return leaf;
            }
        }
        return 0;
    }

    @Uninterruptible(reason = REASON)
    private boolean isHyperv(int leaf) {
        return machine.cpuid(leaf, CpuId.EBX) == VENDOR_EBX
                && machine.cpuid(leaf, CpuId.ECX) == VENDOR_ECX
                && machine.cpuid(leaf, CpuId.EDX) == VENDOR_EDX
                && machine.cpuid(leaf, CpuId.EAX) - leaf >= RECOMMENDATIONS_LEAF
                && machine.cpuid(leaf + INTERFACE_LEAF, CpuId.EAX) == INTERFACE;
    }

    /** There is a counter of the time. */
    @Uninterruptible(reason = REASON)
    boolean hasReferenceCounter() {
        ask();
        return (access & ACCESS_REFERENCE_COUNTER) != 0;
    }

    /** Memory tells what the time-stamp counter means. */
    @Uninterruptible(reason = REASON)
    boolean hasReferenceTsc() {
        ask();
        return (access & ACCESS_REFERENCE_TSC) != 0;
    }

    /** There are timers that interrupt by a vector, at a value of the counter. */
    @Uninterruptible(reason = REASON)
    boolean hasDirectTimers() {
        ask();
        return (access & ACCESS_SYNTHETIC_TIMERS) != 0 && (features & DIRECT_TIMERS) != 0;
    }

    /** Interrupts are better sent and ended by MSRs than in memory. */
    @Uninterruptible(reason = REASON)
    boolean recommendsApicRegisters() {
        ask();
        return (access & ACCESS_APIC) != 0 && (recommendations & APIC_RECOMMENDED) != 0;
    }
}
