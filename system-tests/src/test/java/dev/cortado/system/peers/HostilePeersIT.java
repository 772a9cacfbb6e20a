package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Capture;
import dev.cortado.system.Cortado;
import dev.cortado.system.Program;
import dev.cortado.system.Session;
import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A little of what {@link AttacksIT} and {@link HeavyPeersIT} have, for everyday. */
final class HostilePeersIT {
    private static final int SHORT_CONNECTIONS = 3000;
    private static final int AT_ONCE = 16;
    private static final String SERVER = "8080 quiet";

    private static Path image;

    @TempDir Path directory;

    @BeforeAll
    static void build() {
        image = Cortado.build(Program.http(), Program.http().imageFile("first"));
    }

    /** Each is dropped for its reason, and afterwards all is as before. */
    @Test
    void framesThatBreakARule() throws IOException {
        List<HostileFrame> attacks = HostileFrame.all();
        try (TapNetwork network = new TapNetwork("hostile", 1500);
                FrameSource source = new FrameSource(directory.resolve("wire"));
                Guest guest = new Guest(network, image, "128M", source.wires(), "", SERVER);
                Session visitor = Neighbours.start(network, Visitor.class, 8080, 60)) {
            source.accept();
            Visits.of(visitor);
            Readings before = Quiet.first(guest);
            attacks.forEach(attack -> attack.frames().forEach(source::send));
            Visits.of(visitor);
            Readings after = Quiet.await(guest, before);
            Map<String, Integer> expected = new HashMap<>();
            attacks.forEach(attack -> expected.merge(attack.reason(), 1, Integer::sum));
            expected.remove("");
            expected.forEach((reason, count) -> {
                long dropped = after.dropped(reason) - before.dropped(reason);
                assertTrue(dropped >= count, reason + ": " + dropped + " of " + count);
            });
            Visits.of(visitor);
        }
    }

    /**
     * Each begins with one SYN, and no frame is one that tshark warns of: not even of its checksum,
     * which a card that cannot fill it in leaves to the guest.
     */
    @Test
    void shortConnections() throws IOException {
        Path file = directory.resolve("short.pcapng");
        try (TapNetwork network = new TapNetwork("short", 1500);
                Guest guest =
                        new Guest(
                                network, image, "128M", TapNetwork.netdev(), ",csum=off", SERVER)) {
            Capture capture = new Capture(network, file, "ip");
            try (capture) {
                Neighbours.run(
                        network,
                        ShortConnections.class,
                        TapNetwork.GUEST,
                        8080,
                        SHORT_CONNECTIONS,
                        AT_ONCE);
            }
            assertEquals(
                    SHORT_CONNECTIONS,
                    capture.frames("tcp.flags.syn == 1 && tcp.flags.ack == 0", "frame.number")
                            .size());
            assertEquals(
                    List.of(),
                    capture.complaints(Guest.MAC, "tcp.analysis.flags || tcp.options.sack.dsack"));
            Quiet.await(guest);
        }
    }

    @Test
    void onlyWhatIsServedIsOpenAndNoNumberIsGuessed() {
        try (TapNetwork network = new TapNetwork("scan", 1500);
                Guest guest = new Guest(network, image, "128M", SERVER)) {
            Scan.of(network, TapNetwork.GUEST, "-sS", "-O", "--max-os-tries", "1").check();
            Quiet.await(guest);
        }
    }
}
