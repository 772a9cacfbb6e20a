package dev.cortado.boot.stubs;

import dev.cortado.boot.layout.Target;
import dev.cortado.boot.object.RelocatableObject;

/** All boot code as one object, ready to be linked with the compiled kernel. */
public final class BootObject {

    private BootObject() {}

    /**
     * Assembles the boot code of a target.
     *
     * @return an object that defines {@link dev.cortado.boot.layout.StubSymbols}, for Xen {@link
     *     dev.cortado.boot.layout.XenSymbols} too, where VMware may be below {@link
     *     dev.cortado.boot.layout.VmwareSymbols}, and the notes that loaders look for, and wants
     *     {@link dev.cortado.boot.layout.KernelSymbols} and some of {@link
     *     dev.cortado.boot.layout.ImageSymbols}; the same bytes every time. For a PV domain it has
     *     {@link dev.cortado.boot.layout.PvSymbols} and no privileged instructions instead
     */
    public static RelocatableObject create(Target target) {
        StubSections sections = new StubSections();
        if (target == Target.XEN_PV) {
            appendPv(sections);
        } else {
            appendPc(sections);
        }
        ContextSwitch.append(sections);
        if (target.isXen()) {
            HypercallStub.append(sections);
        } else {
            MultibootEntry.append(sections);
        }
        if (target.isForVmware()) {
            BackdoorStubs.append(sections);
        }
        return sections.build();
    }

    private static void appendPc(StubSections sections) {
        PvhEntry.append(sections);
        ImageMemory.append(sections);
        BootFailure.append(sections);
        EarlyPageTables.append(sections);
        LongMode.append(sections);
        DescriptorTables.append(sections);
        KernelStart.append(sections);
        ProcessorStart.append(sections);
        ProcessorStubs.append(sections);
        InterruptVectors.append(sections);
        PortStubs.append(sections);
        CpuStubs.append(sections);
        ControlRegisterStubs.append(sections);
        InterruptFlagStubs.append(sections);
    }

    private static void appendPv(StubSections sections) {
        PvEntry.append(sections);
        PvVectors.append(sections);
        PvCpuStubs.append(sections);
        PvFlags.append(sections);
        ProcessorStubs.appendShared(sections);
    }
}
