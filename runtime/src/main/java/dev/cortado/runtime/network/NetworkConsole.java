package dev.cortado.runtime.network;

import dev.cortado.kernel.substrate.ConsoleStream;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.link.InterfaceAddress;
import java.nio.charset.StandardCharsets;

/**
 * What the network says on the console, a line each. It goes to the kernel at once: a program's own
 * streams have locks, and who speaks here may hold the stack's.
 */
final class NetworkConsole {
    private NetworkConsole() {}

    static void line(String text) {
        byte[] bytes = ("cortado: " + text + "\n").getBytes(StandardCharsets.UTF_8);
        ConsoleStream.write(bytes, 0, bytes.length);
    }

    /**
     * An interface has an address.
     *
     * @param gateway null if there is none
     * @param source who says so
     */
    static void address(String name, InterfaceAddress address, IpAddress gateway, String source) {
        String by = gateway == null ? "" : " gateway " + gateway;
        line(name + " " + address + by + " (" + source + ")");
    }
}
