package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/** CPUs and interrupt controllers, as either kind of table describes them. */
public final class InterruptTopology {
    /** Where local APICs are unless a table says otherwise (Intel SDM vol. 3A, 12.4.1). */
    public static final long DEFAULT_LOCAL_APIC_ADDRESS = 0xfee0_0000L;

    private static final long PAGE_MASK = 0xfff;
    private static final int PHYSICAL_ADDRESS_BITS = 52;

    private final Processors processors = new Processors();
    private final IoApics ioApics = new IoApics();
    private final InterruptOverrides overrides = new InterruptOverrides();
    private long localApicAddress = DEFAULT_LOCAL_APIC_ADDRESS;

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public Processors processors() {
        return processors;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public IoApics ioApics() {
        return ioApics;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public InterruptOverrides overrides() {
        return overrides;
    }

    /** Physical address of the registers of every CPU's local APIC. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long localApicAddress() {
        return localApicAddress;
    }

    /** Does nothing if no page can begin there. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    void setLocalApicAddress(long address) {
        if (address != 0 && (address & PAGE_MASK) == 0 && address >>> PHYSICAL_ADDRESS_BITS == 0) {
            localApicAddress = address;
        }
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    void clear() {
        processors.clear();
        ioApics.clear();
        overrides.clear();
        localApicAddress = DEFAULT_LOCAL_APIC_ADDRESS;
    }
}
