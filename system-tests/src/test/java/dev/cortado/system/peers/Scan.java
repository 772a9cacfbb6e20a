package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.TapNetwork;
import dev.cortado.system.servers.HostTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What nmap finds out about a guest.
 *
 * @param report as it writes it
 */
record Scan(String report) {
    private static final String SERVED = "8080/tcp";

    /** Scans an address; the test is skipped if there is no nmap. */
    static Scan of(TapNetwork network, String address, String... options) {
        String nmap = HostTools.find("nmap", Path.of("/usr/bin"), Path.of("/usr/local/bin"));
        List<String> command = new ArrayList<>(List.of(nmap, "-n", "-v"));
        command.addAll(List.of(options));
        command.add(address);
        return new Scan(network.run(command.toArray(String[]::new)));
    }

    /** Of the ports that nmap tries only the one that is served is open; the others say so. */
    void checkPorts() {
        List<String> ports =
                report.lines()
                        .filter(line -> line.matches("\\d+/(tcp|udp) .*"))
                        .map(line -> line.replaceAll(" +(\\S+) .*", " $1"))
                        .toList();
        assertEquals(List.of(SERVED + " open"), ports, report);
        assertTrue(report.contains("Not shown: 999 closed tcp ports (reset)"), report);
    }

    /**
     * Nobody can guess a sequence number, nor count by IPv4's numbers what the guest sends to
     * others.
     */
    void checkNumbers() {
        assertTrue(report.matches("(?s).*TCP Sequence Prediction: .*\\(Good luck!\\).*"), report);
        assertTrue(report.contains("IP ID Sequence Generation: All zeros"), report);
    }

    void check() {
        checkPorts();
        checkNumbers();
        assertFalse(report.contains("WARNING"), report);
    }
}
