package dev.cortado.drivers.network;

import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * The network devices of the machine that an image is for. Who asks for nothing has nothing of them
 * in its image.
 */
public final class MachineNetwork {
    private static NetworkBus bus;

    private MachineNetwork() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setBus(NetworkBus chosen) {
        bus = chosen;
    }

    public static NetworkBus bus() {
        return bus;
    }
}
