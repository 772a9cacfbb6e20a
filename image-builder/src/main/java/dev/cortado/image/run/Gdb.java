package dev.cortado.image.run;

import dev.cortado.image.UserError;
import dev.cortado.image.image.SideFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The debugger that looks at a guest from outside, through QEMU's gdb stub. */
public final class Gdb {
    /** Where QEMU listens unless another port is asked for; on this machine only. */
    public static final int DEFAULT_PORT = 1234;

    private static final int LAST_PORT = 0xffff;

    private Gdb() {}

    /**
     * QEMU would say so as well, but not what to do.
     *
     * @throws UserError if another program listens there, or there can be no such port
     */
    static void requirePort(int port) {
        if (port < 1 || port > LAST_PORT) {
            throw new UserError("--gdb-port must be from 1 to " + LAST_PORT);
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            throw new UserError(
                    "another program has port %d (perhaps another guest that waits for gdb): end it, or give --gdb-port another number"
                            .formatted(port),
                    e);
        }
    }

    /** What to type in a shell to debug {@code image}, which waits. */
    static String command(Path image, int port) {
        Path debug = SideFiles.debug(image);
        String connect = "-ex 'target remote :%d'".formatted(port);
        if (!Files.isRegularFile(debug)) {
            return "gdb %s (without symbols: %s is missing)".formatted(connect, debug);
        }
        // gdb reads a file's name as a shell would; the quotes around are the shell's own.
        String name = debug.toString().replaceAll("([^A-Za-z0-9._/+:@%-])", "\\\\$1");
        return "gdb -ex 'file %s' %s".formatted(name.replace("'", "'\\''"), connect);
    }
}
