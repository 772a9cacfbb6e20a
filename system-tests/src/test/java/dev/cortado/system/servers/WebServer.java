package dev.cortado.system.servers;

import dev.cortado.system.Outcome;
import dev.cortado.system.Program;
import java.net.http.HttpClient.Version;
import java.util.ArrayList;
import java.util.List;

/**
 * A web server, which clients of this host visit.
 *
 * @param versions of HTTP that it speaks
 * @param closes whether it closes a connection after {@code Connection: close}
 * @param farewell what is said when it has ended as it should
 */
record WebServer(Program program, List<Version> versions, boolean closes, String farewell)
        implements Subject {
    @Override
    public List<String> observe(Place place) throws Exception {
        List<String> seen = new ArrayList<>();
        try (Listening server = place.listen(program)) {
            for (Version version : versions) {
                new ClientVisit(server.port(), version).observe(seen);
            }
            new SocketVisit(server.port(), closes).observe(seen);
            server.session().type("");
            server.session().signal("TERM");
            server.session().await(farewell);
            Outcome outcome = server.session().awaitEnd();
            seen.add("exit code " + outcome.exitCode());
        }
        return seen;
    }
}
