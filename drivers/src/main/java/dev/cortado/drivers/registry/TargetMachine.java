package dev.cortado.drivers.registry;

import dev.cortado.boot.layout.Target;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** While an image is built: which hypervisors the machines of its target may have. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class TargetMachine {
    private TargetMachine() {}

    public static boolean mayBeQemu() {
        return switch (Target.current()) {
            case QEMU, BZIMAGE, BARE -> true;
            default -> false;
        };
    }

    public static boolean isVmware() {
        return Target.current().isForVmware();
    }

    public static boolean isXen() {
        return Target.current().isXen();
    }
}
