package dev.cortado.image.guests;

import dev.cortado.image.run.RunFiles;
import java.nio.file.Path;

/**
 * What lies in a guest's directory.
 *
 * @param directory the guest's own
 */
record GuestFiles(Path directory) {
    /** Who is it: see {@link RecordFile}. */
    Path record() {
        return directory.resolve("guest.json");
    }

    /** Where QEMU appends what the guest writes, unless another place was named. */
    Path console() {
        return directory.resolve("console");
    }

    /** Where QEMU appends its own messages. */
    Path messages() {
        return directory.resolve("messages");
    }

    /** There if somebody has killed it. */
    Path killed() {
        return directory.resolve("killed");
    }

    /** Its status and its monitor. */
    RunFiles run() {
        return new RunFiles(directory);
    }
}
