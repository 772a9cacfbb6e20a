package dev.cortado.drivers.registry;

import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * While an image is built: whether a virtio console may be the guest's, which the system property
 * {@code cortado.console.virtio} says. It is an option, since every program has a console: a rule
 * of what is reached would put buses and this driver into each image.
 */
@Platforms(Platform.HOSTED_ONLY.class)
final class VirtioConsoleOption {
    private static final String PROPERTY = "cortado.console.virtio";

    private VirtioConsoleOption() {}

    /** Targets that have no such console do without. */
    static boolean isOn() {
        return Boolean.getBoolean(PROPERTY) && TargetMachine.mayBeQemu();
    }
}
