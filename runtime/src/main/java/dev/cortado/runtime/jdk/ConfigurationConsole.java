package dev.cortado.runtime.jdk;

import dev.cortado.kernel.substrate.ConsoleStream;
import java.nio.charset.StandardCharsets;

/** What the configuration says on the console, a line each, past the program's own streams. */
final class ConfigurationConsole {
    private ConfigurationConsole() {}

    static void line(String text) {
        byte[] bytes = ("cortado: configuration: " + text + "\n").getBytes(StandardCharsets.UTF_8);
        ConsoleStream.write(bytes, 0, bytes.length);
    }
}
