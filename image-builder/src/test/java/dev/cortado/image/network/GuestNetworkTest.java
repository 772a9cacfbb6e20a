package dev.cortado.image.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.TestManifest;
import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks, checked against images and a host whose interfaces are files. */
class GuestNetworkTest {
    private static final String MAC = "52:54:00:12:34:56";

    @TempDir Path directory;
    private TapDevices taps;

    @BeforeEach
    void makeInterfaces() throws IOException {
        taps = new TapDevices(directory.resolve("net"));
        Files.createDirectories(directory.resolve("net/lo"));
        interfaceWith("tap0", "0x1002\n");
        interfaceWith("many", "0x1102\n");
        interfaceWith("tun0", "0x1001\n");
        interfaceWith("odd", "many\n");
    }

    private void interfaceWith(String name, String flags) throws IOException {
        Path place = Files.createDirectories(directory.resolve("net").resolve(name));
        Files.writeString(place.resolve("tun_flags"), flags);
    }

    @Test
    void withoutAWordTheImageDecides() {
        GuestNetwork driven = network(NetworkRequest.USUAL, true);
        assertEquals(new NetworkMode.User(), driven.mode());
        assertFalse(network(NetworkRequest.USUAL, false).exists());
        assertFalse(network(request("none", List.of(), null), false).exists());
        assertEquals(List.of(), QemuNetwork.options(network(NetworkRequest.USUAL, false), true));
        assertEquals(driven.mac(), network(NetworkRequest.USUAL, true).mac());
    }

    @Test
    void qemusOwnNetworkOnMicrovm() {
        GuestNetwork network = plain(new NetworkMode.User(), 1, "8080:80", "0.0.0.0:53:53/udp");
        assertEquals(
                List.of(
                        "-global",
                        "virtio-mmio.force-legacy=false",
                        "-netdev",
                        "user,id=network,hostfwd=tcp:127.0.0.1:8080-:80,hostfwd=udp:0.0.0.0:53-:53",
                        "-device",
                        "virtio-net-device,bus=virtio-mmio-bus.0,netdev=network,mac=" + MAC),
                QemuNetwork.options(network, true));
        assertEquals(
                List.of("virtio_mmio.device=512@0xfeb00000:16"),
                QemuNetwork.kernelWords(network, true));
    }

    @Test
    void qemusOwnNetworkOnPci() {
        GuestNetwork network = plain(new NetworkMode.User(), 1);
        assertEquals(
                List.of(
                        "-netdev",
                        "user,id=network",
                        "-device",
                        "virtio-net-pci,netdev=network,mac=" + MAC + ",romfile="),
                QemuNetwork.options(network, false));
        assertEquals(List.of(), QemuNetwork.kernelWords(network, false));
    }

    @Test
    void aTapWithAQueueForEachProcessor() {
        GuestNetwork network = plain(new NetworkMode.Tap("many"), 4);
        assertEquals(
                List.of(
                        "-netdev",
                        "tap,id=network,ifname=many,script=no,downscript=no,queues=4",
                        "-device",
                        "virtio-net-pci,netdev=network,mac=" + MAC + ",romfile=,mq=on,vectors=10"),
                QemuNetwork.options(network, false));
        assertTrue(QemuNetwork.options(network, true).getLast().endsWith(MAC + ",mq=on"));
        assertEquals(4, tap("many", 4).queues());
        assertEquals(1, tap("many", 1).queues());
        assertEquals(1, tap("tap0", 4).queues());
    }

    /** Frames are written to a file whose name may have a comma; an address is the forwards'. */
    @Test
    void aCaptureAndAFixedAddress() {
        Path file = directory.resolve("a,b.pcap");
        String address = "eth0:10.0.2.20/24,gateway=10.0.2.2";
        GuestNetwork network =
                network(NetworkRequest.of("user", List.of("0:80"), MAC, file, address), true);
        int port = network.forwards().getFirst().hostPort();
        List<String> options = QemuNetwork.options(network, false);
        assertEquals(
                "user,id=network,hostfwd=tcp:127.0.0.1:" + port + "-10.0.2.20:80", options.get(1));
        assertEquals(
                List.of(
                        "-object",
                        "filter-dump,id=capture,netdev=network,file=" + directory + "/a,,b.pcap"),
                options.subList(4, 6));
        assertEquals(
                List.of("cortado.net=" + address, "virtio_mmio.device=512@0xfeb00000:16"),
                QemuNetwork.kernelWords(network, true));
    }

    @Test
    void freePortsAreChosenAndTold() {
        List<String> two = List.of("0:80", "0:81", "0:53/udp");
        List<PortForward> chosen = network(request("user", two, null), true).forwards();
        assertNotEquals(chosen.get(0).hostPort(), chosen.get(1).hostPort());
        assertTrue(chosen.stream().allMatch(each -> each.hostPort() > 0));
        String line = chosen.get(0).toString();
        assertEquals("127.0.0.1:" + chosen.get(0).hostPort() + " -> port 80", line);
        assertTrue(chosen.get(2).toString().endsWith(" -> port 53/udp"));
    }

    @Test
    void aBusyPortIsNamed() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket taken = new ServerSocket(0, 1, loopback);
                DatagramSocket other = new DatagramSocket(0, loopback)) {
            int port = taken.getLocalPort();
            assertError(request("user", List.of(port + ":80"), null), "tcp port " + port, "0:80");
            port = other.getLocalPort();
            assertError(request("user", List.of(port + ":53/udp"), null), "udp port " + port);
        }
        List<String> twice = List.of("45177:80", "45177:81");
        assertError(request("user", twice, null), "--forward 127.0.0.1:45177:81");
        assertError(request("user", List.of("203.0.113.9:0:80"), null), "at 203.0.113.9");
    }

    @Test
    void saysWhichTapIsMissing() {
        assertError(request("tap=none0", List.of(), null), "no such interface", "ip tuntap add");
        for (String name : List.of("lo", "tun0", "odd")) {
            assertError(request("tap=" + name, List.of(), null), name + " is no tap device");
        }
    }

    @Test
    void whatNeedsANetworkIsRefusedWithoutOne() {
        List<String> forward = List.of("8080:80");
        String named = "--forward 127.0.0.1:8080:80";
        assertError(request("none", forward, null), named + " makes no sense with --net none");
        assertError(request("tap=tap0", forward, null), named + " is for --net user");
        assertError(request("none", List.of(), MAC), "--mac " + MAC);
        NetworkRequest capture =
                NetworkRequest.of(null, List.of(), null, directory.resolve("no/x.pcap"), null);
        assertError(capture, "--capture " + directory + "/no/x.pcap", "cannot be written");
        assertError(
                NetworkRequest.of(null, List.of(), null, null, "eth0:192.168.0.9/24"),
                "10.0.2.0/24");
        assertError(NetworkRequest.of(null, List.of(), null, null, "eth0:10.0.2.3/24"), "10.0.2.4");
        assertError(
                NetworkRequest.of(null, List.of(), null, null, "eth0.5:10.0.2.15/24"),
                "there are no VLANs in the network of --net user");
    }

    @Test
    void anImageWithoutADriverIsNamed() {
        for (NetworkRequest request :
                List.of(
                        request("user", List.of(), null),
                        request(null, List.of("8080:80"), null),
                        request(null, List.of(), MAC))) {
            UserError error = assertThrows(UserError.class, () -> network(request, false));
            assertTrue(
                    error.getMessage().contains("the image " + image(false).file() + " has no"),
                    error.getMessage());
        }
    }

    private static NetworkRequest request(String mode, List<String> forwards, String mac) {
        return NetworkRequest.of(mode, forwards, mac, null, null);
    }

    private GuestNetwork tap(String name, int cpus) {
        return GuestNetwork.of(request("tap=" + name, List.of(), null), image(true), cpus, taps);
    }

    private GuestNetwork network(NetworkRequest request, boolean driven) {
        return GuestNetwork.of(request, image(driven), 1, taps);
    }

    private static GuestNetwork plain(NetworkMode mode, int queues, String... forwards) {
        return new GuestNetwork(
                mode,
                List.of(forwards).stream().map(PortForward::parse).toList(),
                MacAddress.parse(MAC),
                Optional.empty(),
                Optional.empty(),
                queues);
    }

    private ImageFile image(boolean driven) {
        TestManifest manifest = new TestManifest();
        if (driven) {
            manifest.drivers(GuestNetwork.DRIVER);
        }
        return manifest.image(directory.resolve("image"), ImageFormat.ELF);
    }

    private void assertError(NetworkRequest request, String... parts) {
        UserError error = assertThrows(UserError.class, () -> network(request, true));
        for (String part : parts) {
            assertTrue(error.getMessage().contains(part), error.getMessage());
        }
    }
}
