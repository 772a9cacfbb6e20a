package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Cortado and a Linux at the two ends of a wire, beside two Linuxes. */
@EnabledIfSystemProperty(named = "cortado.peers", matches = "true")
final class LinuxPeerIT {
    private static final int FAR = 1;
    private static final int NEAR = 2;

    /** Runs of each wire, with seeds from 1 on: of one run alone luck says too much. */
    private static final int SEEDS = Integer.getInteger("cortado.peers.seeds", 5);

    private static final String KINDS =
            System.getProperty("cortado.peers.kinds", "STACK,CORTADO,LINUX");

    private static final double LEAST_RATIO = 0.9;

    private static final Map<Double, Times> LINUX_TIMES = new HashMap<>();

    @TempDir Path directory;

    /** Who is beside the Linux. */
    enum Kind {
        /** The stack in this process. */
        STACK,

        /** An image. */
        CORTADO,

        LINUX
    }

    /** Seconds that transfers took, each way; all of one wire in the order of the seeds. */
    private record Times(List<Double> up, List<Double> down) {
        static Times none() {
            return new Times(new ArrayList<>(), new ArrayList<>());
        }
    }

    private static void assume(Kind kind) {
        Assumptions.assumeTrue(
                List.of(KINDS.split(",")).contains(kind.name()), "only " + KINDS + " are tested");
    }

    private Peer start(Kind kind, Wire wire) throws IOException {
        return switch (kind) {
            case STACK -> new HostStack(wire.socket(1), 1).addresses(NEAR);
            case CORTADO -> CortadoGuest.at(wire.netdev(1), NEAR);
            case LINUX -> new LinuxGuest(directory, wire.netdev(1), NEAR).addresses(NEAR);
        };
    }

    /** Bytes that take some seconds. */
    private static int bytes(double loss) {
        return loss == 0 ? 12_000_000 : loss < 0.02 ? 2_000_000 : 500_000;
    }

    private Times transfer(Kind kind, double loss, boolean ipv6) throws IOException {
        Path sockets = Files.createTempDirectory(directory, kind.name());
        Path capture = Captures.file("bulk-%s-%s".formatted(kind, loss));
        Times times = Times.none();
        int bytes = bytes(loss);
        try (Wire wire = new Wire(sockets, capture, WireConditions.lossy(0, 0));
                LinuxGuest linux = new LinuxGuest(directory, wire.netdev(0), FAR);
                Peer peer = start(kind, wire)) {
            linux.addresses(FAR);
            String address = ipv6 ? Peer.ipv6(NEAR) : Peer.ipv4(NEAR);
            linux.run("ping -c 3 -q " + address);
            Transfers transfers = new Transfers(linux::run, address);
            for (int seed = 1; seed <= SEEDS; seed++) {
                wire.change(WireConditions.lossy(loss, seed));
                times.up.add(transfers.upload(bytes));
                wire.change(WireConditions.lossy(loss, seed));
                times.down.add(transfers.download(bytes));
            }
        }
        check(kind, capture);
        return times;
    }

    /** Two Linuxes' over the same wires, of which there is one measurement. */
    private Times theirs(double loss) throws IOException {
        Times known = LINUX_TIMES.get(loss);
        if (known == null) {
            known = transfer(Kind.LINUX, loss, false);
            LINUX_TIMES.put(loss, known);
        }
        return known;
    }

    /** What is wrong with a Linux's frames is not ours to mend. */
    private static void check(Kind kind, Path capture, String... expected) {
        if (kind != Kind.LINUX) {
            String sender = LinuxGuest.hardwareAddress(NEAR);
            assertEquals(List.of(), Captures.wrong(capture, sender, expected));
        }
    }

    private static double sum(List<Double> times) {
        return times.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Bulk both ways over wires that lose a part of the frames. */
    @ParameterizedTest
    @CsvSource({
        "STACK, 0",
        "STACK, 0.01",
        "STACK, 0.05",
        "CORTADO, 0",
        "CORTADO, 0.01",
        "CORTADO, 0.05"
    })
    void bulk(Kind kind, double loss) throws IOException {
        assume(kind);
        Times ours = transfer(kind, loss, false);
        Times theirs = theirs(loss);
        double up = sum(theirs.up) / sum(ours.up);
        double down = sum(theirs.down) / sum(ours.down);
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "%s, loss %.0f %%: up %s, Linux %s: %.2f; down %s, Linux %s: %.2f",
                        kind,
                        loss * 100,
                        ours.up,
                        theirs.up,
                        up,
                        ours.down,
                        theirs.down,
                        down));
        assertTrue(up >= LEAST_RATIO && down >= LEAST_RATIO);
    }

    /** Frames get lost, overtake each other, come twice, and have bytes that are others. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void hostileWires(Kind kind) throws IOException {
        assume(kind);
        Path sockets = Files.createTempDirectory(directory, kind.name());
        Path capture = Captures.file("hostile-" + kind);
        try (Wire wire = new Wire(sockets, capture, WireConditions.lossy(0, 0));
                LinuxGuest linux = new LinuxGuest(directory, wire.netdev(0), FAR);
                Peer peer = start(kind, wire)) {
            linux.addresses(FAR);
            for (int seed = 1; seed <= SEEDS; seed++) {
                for (String address : List.of(Peer.ipv4(NEAR), Peer.ipv6(NEAR))) {
                    wire.change(WireConditions.hostile(seed));
                    Transfers transfers = new Transfers(linux::run, address);
                    System.out.println(
                            address
                                    + ": "
                                    + transfers.upload(3_000_000)
                                    + " "
                                    + transfers.download(3_000_000));
                }
            }
        }
        // An acknowledgement of our FIN that comes twice finds no connection any more.
        check(kind, capture, "Connection reset (RST)");
    }

    /** From behind a router: which way it is, and how long packets may be on it. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void tracesAndPathMtu(Kind kind) throws IOException {
        assume(kind);
        Path capture = Captures.file("routed-" + kind);
        try (Wire wire = new Wire(directory, capture, WireConditions.hostile(1).withoutFaults());
                LinuxGuest linux = new LinuxGuest(directory, wire.netdev(0), FAR);
                Peer peer = start(kind, wire)) {
            linux.addresses(FAR);
            linux.addNetworkBehind();
            if (peer instanceof LinuxGuest other) {
                other.run("ip route add default via " + Peer.ipv4(FAR));
                other.run("ip -6 route add default via " + Peer.ipv6(FAR));
            }
            for (int bytes : new int[] {0, 56, 1000, 4000}) {
                linux.run("ping -c 2 -W 20 -s " + bytes + " " + Peer.ipv4(NEAR));
                linux.run("ping6 -c 2 -W 20 -s " + bytes + " " + Peer.ipv6(NEAR));
            }
            String trace = linux.behind("traceroute -n -w 20 -q 1 " + Peer.ipv4(NEAR));
            assertTrue(trace.contains(" 2  " + Peer.ipv4(NEAR)), trace);
            String trace6 = linux.behind("traceroute6 -n -w 20 -q 1 " + Peer.ipv6(NEAR));
            assertTrue(trace6.contains(" 2  " + Peer.ipv6(NEAR)), trace6);
            for (String address : List.of(Peer.ipv4(NEAR), Peer.ipv6(NEAR))) {
                new Transfers(linux::behind, address).download(1_000_000);
            }
        }
        check(kind, capture);
        // It was told: otherwise this shows nothing.
        assertEquals(true, Captures.has(capture, "icmp.type == 3 && icmp.code == 4"));
        assertEquals(true, Captures.has(capture, "icmpv6.type == 2"));
    }
}
