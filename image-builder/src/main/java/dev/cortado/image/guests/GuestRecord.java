package dev.cortado.image.guests;

import dev.cortado.image.network.PortForward;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is written down about a guest when it starts.
 *
 * @param image the image file
 * @param console the file with its output
 * @param started when
 * @param starter the process that has started it, or is about to
 * @param process QEMU's, once it has been started
 * @param forwards ports of the host that are the guest's
 */
record GuestRecord(
        GuestName name,
        Path image,
        Path console,
        Instant started,
        ProcessIdentity starter,
        Optional<ProcessIdentity> process,
        List<PortForward> forwards) {
    GuestRecord {
        forwards = List.copyOf(forwards);
    }

    GuestRecord with(ProcessIdentity qemu, List<PortForward> chosen) {
        return new GuestRecord(name, image, console, started, starter, Optional.of(qemu), chosen);
    }
}
