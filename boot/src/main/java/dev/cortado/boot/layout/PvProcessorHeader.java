package dev.cortado.boot.layout;

/**
 * What is below the {@link ProcessorHeader} of a CPU of a PV domain: its {@code struct vcpu_info}
 * (Xen's public/xen.h), where one instruction reaches it whatever CPU it runs on. Offsets from gs.
 */
public final class PvProcessorHeader {

    /** Bytes of the structure. */
    public static final int VCPU_INFO_SIZE = 64;

    public static final int VCPU_INFO = -VCPU_INFO_SIZE;

    /** u8: events have come. */
    public static final int UPCALL_PENDING = VCPU_INFO;

    /** u8: 1 while events may not interrupt, as RFLAGS.IF = 0 elsewhere. */
    public static final int UPCALL_MASK = VCPU_INFO + 1;

    /** u64 {@code arch_vcpu_info.cr2}: the address of the last page fault. */
    public static final int FAULT_ADDRESS = VCPU_INFO + 16;

    /** The vector of {@link InterruptFrame#VECTOR} for events. */
    public static final int UPCALL_VECTOR = 0xf3;

    private PvProcessorHeader() {}
}
