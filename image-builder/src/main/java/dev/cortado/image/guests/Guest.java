package dev.cortado.image.guests;

import dev.cortado.image.network.PortForward;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A guest in the background, as it was when somebody looked. */
public final class Guest {
    private final GuestRecord record;
    private final GuestFiles files;
    private final GuestState state;

    Guest(GuestRecord record, GuestFiles files) {
        this.record = record;
        this.files = files;
        this.state = GuestState.of(record, files);
    }

    public GuestName name() {
        return record.name();
    }

    public GuestState state() {
        return state;
    }

    /** The image file. */
    public Path image() {
        return record.image();
    }

    /** The file that QEMU appends the guest's output to. */
    public Path console() {
        return record.console();
    }

    public Instant started() {
        return record.started();
    }

    /** QEMU's process, if it runs. */
    public OptionalLong pid() {
        return state.hasEnded() || record.process().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(record.process().get().pid());
    }

    /** Ports of the host that are the guest's. */
    public List<PortForward> forwards() {
        return record.forwards();
    }

    GuestRecord record() {
        return record;
    }

    GuestFiles files() {
        return files;
    }
}
