package dev.cortado.drivers.entropy;

import java.util.function.Consumer;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Random bytes that the host of a machine gives. Which devices have them depends on what an image
 * is built for; who does not ask has none of their drivers.
 */
public abstract class MachineSeeds {
    private static MachineSeeds source;

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setSource(MachineSeeds chosen) {
        source = chosen;
    }

    /** Whether machines of this kind may have such devices. */
    public static boolean mayBe() {
        return source != null;
    }

    /**
     * Looks for devices and starts their drivers. Called once, and only if there {@link #mayBe}
     * such.
     *
     * @param pool is given each seed, an array of its own, by the driver's thread: one at once, and
     *     then one every so often
     * @param log hears of devices that cannot be used, and of drivers that are given up
     * @return how many devices there are
     */
    public static int start(Consumer<byte[]> pool, Consumer<String> log) {
        return source.startAll(pool, log);
    }

    /** See {@link #start}. */
    protected abstract int startAll(Consumer<byte[]> pool, Consumer<String> log);
}
