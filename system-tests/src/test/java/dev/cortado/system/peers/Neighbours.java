package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.system.Outcome;
import dev.cortado.system.Session;
import dev.cortado.system.TapNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of this package that run beside a guest, in its network. */
final class Neighbours {
    private Neighbours() {}

    /** Starts one. */
    static Session start(TapNetwork network, Class<?> program, Object... arguments) {
        Path classes =
                Path.of(program.getProtectionDomain().getCodeSource().getLocation().getPath());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-Xss256k", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", classes.toString(), program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Session(network.inside(command));
    }

    /**
     * Starts one, and waits until it has ended well.
     *
     * @return what it said
     */
    static String run(TapNetwork network, Class<?> program, Object... arguments) {
        try (Session session = start(network, program, arguments)) {
            Outcome outcome = session.awaitEnd();
            assertEquals(0, outcome.exitCode(), outcome.console());
            return outcome.console();
        }
    }
}
