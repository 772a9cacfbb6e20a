package dev.cortado.drivers.virtio.folder;

import java.util.List;
import java.util.function.Consumer;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * The folders that the machine's host shares, where an image is built for machines that have such
 * devices. Who does not ask for them has none of their driver in it.
 */
public abstract class MachineShares {
    private static MachineShares source;

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setSource(MachineShares chosen) {
        source = chosen;
    }

    /**
     * Finds the folders and starts their drivers. Called once.
     *
     * @param log hears of what cannot be used, and of deaths of drivers
     */
    public static List<VirtioShare> open(Consumer<String> log) {
        return source == null ? List.of() : source.find(log);
    }

    protected abstract List<VirtioShare> find(Consumer<String> log);
}
