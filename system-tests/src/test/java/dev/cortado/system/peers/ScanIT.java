package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Cortado;
import dev.cortado.system.Program;
import dev.cortado.system.TapNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * nmap looks at ports, services and the kind of system, by both IPs. Run with the system property
 * {@code cortado.attacks}.
 */
@EnabledIfSystemProperty(
        named = "cortado.attacks",
        matches = "true",
        disabledReason = "nmap asks a service for a minute")
final class ScanIT {
    @Test
    void portsServiceAndSystem() {
        try (TapNetwork network = new TapNetwork("scan-all", 1500);
                Guest guest =
                        new Guest(
                                network,
                                Cortado.build(Program.http(), Program.http().imageFile("first")),
                                "128M",
                                "8080 quiet")) {
            Readings before = Quiet.first(guest);
            Scan.of(network, TapNetwork.GUEST, "-sS", "-sV", "-O").check();
            Scan.of(network, TapNetwork.GUEST6, "-6", "-sS", "-sV", "-O").checkPorts();
            Readings after = Quiet.await(guest, before);
            assertTrue(after.dropped("FAULT") == 0, after::toString);
        }
    }
}
