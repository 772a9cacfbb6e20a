package dev.cortado.image.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A guest's power button and mains switch, through QEMU's monitor protocol (docs/interop/qmp-spec).
 *
 * @param socket where QEMU listens
 */
public record PowerControl(Path socket) {
    /** A Unix socket's address has 108 bytes on Linux, and 104 elsewhere, with a 0 at its end. */
    private static final int LONGEST_PATH = 103;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Whether QEMU could listen there. */
    public boolean isPossible() {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    /** Asks the guest to end. False if QEMU does not listen, or does not listen any more. */
    public boolean press() {
        return command("system_powerdown");
    }

    /** Ends QEMU, without asking the guest. False if QEMU does not listen. */
    public boolean quit() {
        return command("quit");
    }

    private boolean command(String name) {
        try (QmpConnection connection = QmpConnection.open(socket, PATIENCE)) {
            connection.execute("{\"execute\": \"%s\"}".formatted(name));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
