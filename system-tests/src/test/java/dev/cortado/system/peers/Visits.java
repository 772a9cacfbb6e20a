package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Session;
import dev.cortado.system.TapNetwork;
import java.util.List;

/** Visits to a guest's web server. */
final class Visits {
    private Visits() {}

    /**
     * One by each IP, which is answered.
     *
     * @param visitor a {@link Visitor}
     */
    static void of(Session visitor) {
        for (String address : List.of(TapNetwork.GUEST, TapNetwork.GUEST6)) {
            visitor.type(address + "\n");
            String result = visitor.await(" ms\n");
            assertTrue(result.contains("answered after "), address + ": " + result);
        }
    }
}
