package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.guest.peers.Bulk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A guest and a Linux at the two ends of a wire. */
@EnabledIfSystemProperty(named = "cortado.peers", matches = "true")
final class LinuxPeerIT {
    private static final String LINUX = "10.78.0.1";
    private static final String OTHER = "10.78.0.2";

    @TempDir Path directory;

    @Test
    void twoLinuxes() throws IOException {
        try (Wire wire =
                        new Wire(
                                directory,
                                directory.resolve("capture.pcap"),
                                WireConditions.lossy(0, 1));
                LinuxGuest linux = new LinuxGuest(directory, wire.netdev(0), 1);
                LinuxGuest other = new LinuxGuest(directory, wire.netdev(1), 2)) {
            linux.addresses(LINUX + "/24", "fd78::1/64");
            other.addresses(OTHER + "/24", "fd78::2/64");
            System.out.println(linux.run("ping -c 3 " + OTHER));
            System.out.println(linux.run("time sh -c 'head -c 8000000 /data | nc 10.78.0.2 9000'"));
            System.out.println(
                    linux.run("time sh -c 'echo 8000000 | nc 10.78.0.2 9001 | crc32'"));
            System.out.println(Bulk.sum(8000000));
        }
    }
}
