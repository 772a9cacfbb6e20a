package dev.cortado.system.guest;

import dev.cortado.system.guest.stress.ConcurrencyStress;
import dev.cortado.system.guest.stress.MemoryStress;
import java.util.Map;

/** Load for as many seconds as the argument says. */
final class StressProbes {
    private StressProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "stress-concurrency",
                arguments -> ConcurrencyStress.run(Integer.parseInt(arguments[0])),
                "stress-memory",
                arguments -> MemoryStress.run(Integer.parseInt(arguments[0])));
    }
}
