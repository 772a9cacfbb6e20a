package dev.cortado.runtime.jdk;

import dev.cortado.kernel.substrate.ConsoleStream;
import java.nio.charset.StandardCharsets;

/** What mounts and disks say on the console, a line each, past the program's own streams. */
final class MountConsole {
    private MountConsole() {}

    static void line(String text) {
        byte[] bytes = ("cortado: mount: " + text + "\n").getBytes(StandardCharsets.UTF_8);
        ConsoleStream.write(bytes, 0, bytes.length);
    }
}
