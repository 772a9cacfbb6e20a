package dev.cortado.runtime.jdk;

import dev.cortado.kernel.start.CommandLine;
import dev.cortado.runtime.environment.EnvironmentWords;
import dev.cortado.runtime.environment.ProgramVariables;
import java.util.Map;

/** The environment variables that a program gets, from whoever says some. */
final class ProgramEnvironment {
    /** Part of the image. */
    private static Map<String, String> built = Map.of();

    private static Map<String, String> configured = Map.of();

    /** Null before the command line was read for it: a program may never ask. */
    private static Map<String, String> said;

    private ProgramEnvironment() {}

    /** While the image is built: what it is built with. */
    static void setBuilt(Map<String, String> variables) {
        built = variables;
    }

    /** Before the program asks for one: what the sources of configuration say. */
    static synchronized void setConfigured(Map<String, String> variables) {
        configured = variables;
    }

    /** What the command line says, by name; the first time, the console tells what is no good. */
    static synchronized Map<String, String> said() {
        if (said == null) {
            said =
                    EnvironmentWords.read(
                            CommandLine.environmentWords(), ConfigurationConsole::line);
        }
        return said;
    }

    /** Names at even places, and the value of each behind it. */
    static synchronized byte[][] namesAndValues() {
        return new ProgramVariables(built, configured, said()).namesAndValues();
    }
}
