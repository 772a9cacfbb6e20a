package dev.cortado.system.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.system.Outcome;
import dev.cortado.system.Program;
import dev.cortado.system.Session;
import java.util.ArrayList;
import java.util.List;

/** A program that talks to a server of this host, and tells how it was. */
record ClientProgram(Program program, NeighbourStart start) implements Subject {
    /** Starts the server. */
    interface NeighbourStart {
        Neighbour start() throws Exception;
    }

    @Override
    public List<String> observe(Place place) throws Exception {
        try (Neighbour neighbour = start.start()) {
            List<String> arguments = new ArrayList<>(List.of(place.host()));
            arguments.addAll(neighbour.arguments());
            try (Session session = place.start(program, arguments.toArray(String[]::new))) {
                Outcome outcome = session.awaitEnd();
                assertEquals(0, outcome.exitCode(), outcome.console());
                // The kernel's words about the network.
                return outcome.console()
                        .lines()
                        .filter(line -> !line.startsWith("cortado: "))
                        .toList();
            }
        }
    }
}
