package dev.cortado.drivers.registry;

import dev.cortado.boot.layout.Target;
import org.graalvm.nativeimage.hosted.Feature;

/** Puts into an image what its target's machine needs of the kernel, and its drivers. */
public final class DriverFeature implements Feature {
    @Override
    public void duringSetup(DuringSetupAccess access) {
        switch (Target.current()) {
            case QEMU, BZIMAGE -> QemuDrivers.choose();
            case XEN_PVH, XEN_HVM -> XenHvmDrivers.choose();
            case XEN_PV -> XenPvDrivers.choose();
            case BARE, VMWARE, HYPERV -> DiskPcDrivers.choose(Target.current());
        }
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        ReachedDrivers.note(access);
    }

    /** When everybody knows what is reached, and by which calls. */
    @Override
    public void beforeCompilation(BeforeCompilationAccess access) {
        DriverRegistry.writeReport();
    }
}
