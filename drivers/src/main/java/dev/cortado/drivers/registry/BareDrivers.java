package dev.cortado.drivers.registry;

import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** The devices of a PC of any kind that firmware starts. */
@Platforms(Platform.HOSTED_ONLY.class)
final class BareDrivers {
    private BareDrivers() {}

    static void choose() {
        QemuDrivers.choose();
    }
}
