package dev.cortado.image.network;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The host's tap devices, as Linux's sysfs shows them.
 *
 * @param interfaces where each interface has a directory
 */
record TapDevices(Path interfaces) {
    /** Of this machine. */
    static final TapDevices HOST = new TapDevices(Path.of("/sys/class/net"));

    /** Bits of {@code tun_flags} (linux/if_tun.h): it carries frames; it has several queues. */
    private static final int IFF_TAP = 0x0002;

    private static final int IFF_MULTI_QUEUE = 0x0100;

    /**
     * Whether a tap has several queues.
     *
     * @throws UserError if there is no tap of that name
     */
    boolean requireMultiQueue(String name) {
        Path directory = interfaces.resolve(name);
        if (!Files.isDirectory(directory)) {
            throw new UserError(
                    "--net tap=%s: this machine has no such interface; make it with: ip tuntap add dev %s mode tap && ip link set %s up"
                            .formatted(name, name, name));
        }
        int flags = flags(directory.resolve("tun_flags"));
        if ((flags & IFF_TAP) == 0) {
            throw new UserError(
                    "--net tap=%s: the interface %s is no tap device".formatted(name, name));
        }
        return (flags & IFF_MULTI_QUEUE) != 0;
    }

    private static int flags(Path file) {
        try {
            return Integer.decode(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            return 0; // other kinds of interfaces have no such file
        }
    }
}
