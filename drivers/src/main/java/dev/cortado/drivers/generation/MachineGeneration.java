package dev.cortado.drivers.generation;

import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * The machine's generation. Where it is said depends on what an image is built for; who does not
 * ask has nothing of that.
 */
public final class MachineGeneration {
    private static GenerationId id = GenerationId.NONE;

    private MachineGeneration() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setId(GenerationId chosen) {
        id = chosen;
    }

    public static GenerationId id() {
        return id;
    }
}
