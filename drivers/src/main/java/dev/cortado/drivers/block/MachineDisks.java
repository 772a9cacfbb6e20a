package dev.cortado.drivers.block;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * All disks of the machine that there are drivers for. Which those are depends on what an image is
 * built for; who does not ask for disks has none of them in it.
 */
public abstract class MachineDisks {
    private static final int LETTERS = 26;

    private static MachineDisks source;

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setSource(MachineDisks chosen) {
        source = chosen;
    }

    /**
     * Finds the disks and starts their drivers. Called once.
     *
     * @param later hears of disks that come while the machine runs, where it knows of these, one
     *     after the other: not of one that comes back, whose users go on
     * @param log hears of disks that cannot be used, and of deaths of drivers
     * @return in the order of their names
     * @throws IOException it cannot be found out which there are
     */
    public static List<FoundDisk> open(Consumer<FoundDisk> later, Consumer<String> log)
            throws IOException {
        return source.find(later, log);
    }

    /** See {@link #open}. */
    public abstract List<FoundDisk> find(Consumer<FoundDisk> later, Consumer<String> log)
            throws IOException;

    /**
     * As Linux names disks: a to z, then aa to zz, and so on.
     *
     * @param number from 0
     */
    public static String letters(int number) {
        StringBuilder letters = new StringBuilder();
        for (int left = number; left >= 0; left = left / LETTERS - 1) {
            letters.append((char) ('a' + left % LETTERS));
        }
        return letters.reverse().toString();
    }
}
