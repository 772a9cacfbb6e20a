package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets in and out of a guest: by QEMU's own network, and by a tap in a namespace. */
final class NetworkIT {
    private static final String EXIT = "isa-debug-exit,iobase=0xf4,iosize=0x04";
    private static final String ECHO = "7";
    private static final String MAC = "52:54:00:77:00:01";
    private static final int PATIENCE_MILLIS = 5000;
    private static final int TRIES = 20;

    @TempDir Path directory;

    private static List<String> machine(String machine, int cpus, String words, String device) {
        return machine(machine, cpus, words, device, "network-echo");
    }

    private static List<String> machine(
            String machine, int cpus, String words, String device, String probe) {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-machine", machine));
        command.addAll(List.of("-smp", Integer.toString(cpus), "-accel", "tcg", "-cpu", "max"));
        command.addAll(List.of("-m", "128M", "-nodefaults", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-kernel", Probe.image().toString(), "-serial", "stdio"));
        command.addAll(List.of("-device", EXIT, "-device", device + ",netdev=net"));
        command.addAll(List.of("-append", "cortado.console=framed " + words + " -- " + probe));
        return command;
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A datagram goes there and comes back; some may get lost, as datagrams do. */
    private static void echo(DatagramSocket socket, int port, int bytes) throws IOException {
        byte[] sent = new byte[bytes];
        new Random(bytes).nextBytes(sent);
        InetAddress host = InetAddress.getLoopbackAddress();
        DatagramPacket received = new DatagramPacket(new byte[1 << 16], 1 << 16);
        for (int i = 0; i < TRIES; i++) {
            socket.send(new DatagramPacket(sent, bytes, host, port));
            try {
                socket.receive(received);
                byte[] data = Arrays.copyOf(received.getData(), received.getLength());
                assertArrayEquals(sent, data, "of " + bytes + " bytes");
                return;
            } catch (SocketTimeoutException e) {
                received.setLength(1 << 16);
            }
        }
        throw new AssertionError(bytes + " bytes do not come back");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "microvm,acpi=off | 1 | virtio-net-device",
                "q35 | 4 | virtio-net-pci,romfile=",
            })
    void dhcpAndDatagramsByTheNetworkOfQemu(String machine, int cpus, String device)
            throws Exception {
        int port = freePort();
        List<String> command = machine(machine, cpus, "", device);
        command.addAll(
                List.of("-netdev", "user,id=net,hostfwd=udp:127.0.0.1:" + port + "-:" + ECHO));
        try (Session guest = new Session(command);
                DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String line = "cortado: eth0 10.0.2.15/24 gateway 10.0.2.2 (DHCP from 10.0.2.2)";
            guest.await(line);
            guest.await("echo\n");
            for (int bytes : new int[] {1, 2, 17, 18, 19, 1000, 1471, 1472}) {
                echo(socket, port, bytes);
            }
            end(socket, port);
            checkEnd(guest.awaitEnd());
        }
    }

    /** By ACPI: it goes on as after a cable that was pulled, and one that is new is started. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"q35 | 4 | bus=first | bus=second", "pc | 1 | addr=0x8 | addr=0x9"})
    void devicesComeAndGo(String machine, int cpus, String first, String second) throws Exception {
        int port = freePort();
        String device = "virtio-net-pci,romfile=,id=plug,netdev=net,mac=" + MAC + "," + first;
        List<String> options = new ArrayList<>(List.of("-smp", Integer.toString(cpus)));
        if (machine.equals("q35")) {
            options.addAll(List.of("-device", "pcie-root-port,id=first,chassis=1"));
            options.addAll(List.of("-device", "pcie-root-port,id=second,chassis=2"));
        }
        String host = "user,id=net,hostfwd=udp:127.0.0.1:" + port + "-:" + ECHO;
        options.addAll(List.of("-netdev", host, "-device", device));
        options.addAll(List.of("-netdev", "user,id=other,net=10.0.3.0/24"));
        try (EmulatedMachine guest =
                        new EmulatedMachine(machine, "network-echo", directory, options);
                DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            guest.session.await("cortado: eth0 10.0.2.15/24");
            guest.session.await("echo\n");
            QemuPlug plug = new QemuPlug(guest::command);
            for (int bytes : new int[] {100, 1000, 1472}) {
                echo(socket, port, bytes);
                plug.detach("plug");
                plug.attach(device);
                echo(socket, port, bytes);
            }
            plug.attach("virtio-net-pci,romfile=,id=later,netdev=other," + second);
            guest.session.await("cortado: eth1 10.0.3.15/24");
            end(socket, port);
            checkEnd(guest.session.awaitEnd());
        }
    }

    private static void end(DatagramSocket socket, int port) throws IOException {
        byte[] end = "end".getBytes(StandardCharsets.US_ASCII);
        InetAddress host = InetAddress.getLoopbackAddress();
        socket.send(new DatagramPacket(end, end.length, host, port));
    }

    /** Each machine, with all that its device can, and with less. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "microvm,acpi=off | 1 | 1500 | virtio-net-device",
                "microvm,acpi=off | 4 | 1500 | virtio-net-device",
                "q35 | 4 | 1500 | virtio-net-pci,romfile=",
                "q35 | 1 | 1500 | virtio-net-pci,romfile=,csum=off",
                "q35 | 1 | 1500 | virtio-net-pci,romfile=,guest_csum=off",
                "q35 | 1 | 1500 | virtio-net-pci,romfile=,mrg_rxbuf=off",
                "q35 | 1 | 1500 | virtio-net-pci,romfile=,gso=off,host_tso4=off,host_tso6=off",
                "q35 | 1 | 1500 | virtio-net-pci,romfile=,guest_tso4=off,guest_tso6=off",
                "q35 | 1 | 1500 | virtio-net-pci,romfile=,ctrl_vq=off",
                "q35 | 2 | 1500 | virtio-net-pci,romfile=,packed=on,vectors=0",
                "q35 | 1 | 1500 | virtio-net-pci,romfile=,disable-legacy=off,disable-modern=on",
                "q35 | 1 | 9000 | virtio-net-pci,romfile=,host_mtu=9000",
            })
    void pingsOfAllSizes(String machine, int cpus, int mtu, String device) throws Exception {
        try (TapNetwork network = new TapNetwork("net", mtu)) {
            List<String> command = machine(machine, cpus, TapNetwork.WORD, device + ",mac=" + MAC);
            command.addAll(TapNetwork.netdev());
            Capture capture = new Capture(network, directory.resolve("capture.pcapng"), "");
            try (capture;
                    Session guest = new Session(network.inside(command))) {
                guest.await("echo\n");
                for (int bytes : new int[] {0, 1, 17, 18, 19, 64, 1000, mtu - 29, mtu - 28}) {
                    network.ping(TapNetwork.GUEST, bytes, 2);
                }
                network.ping(TapNetwork.GUEST, 20_000, 2); // in fragments
                network.ping(TapNetwork.GUEST, 56, 50);
                network.ping(TapNetwork.GUEST6, mtu - 48, 10);
                network.run("bash", "-c", "echo -n end >/dev/udp/" + TapNetwork.GUEST + "/" + ECHO);
                checkEnd(guest.awaitEnd());
            }
            checkCapture(capture, !device.contains(",csum=off"));
        }
    }

    /** Its driver dies under pings; those that were on their way may be lost. */
    @Test
    void aDriverDiesAndTrafficGoesOn() throws Exception {
        int port = freePort();
        List<String> command = machine("q35", 4, "", "virtio-net-pci,romfile=");
        command.addAll(
                List.of("-netdev", "user,id=net,hostfwd=udp:127.0.0.1:" + port + "-:" + ECHO));
        try (Session guest = new Session(command);
                DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            guest.await("echo\n");
            byte[] kill = "kill".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 5; i++) {
                echo(socket, port, 1400);
                InetAddress host = InetAddress.getLoopbackAddress();
                socket.send(new DatagramPacket(kill, kill.length, host, port));
                guest.type("");
                guest.await("has died and is started again");
            }
            echo(socket, port, 1400);
            end(socket, port);
            checkEnd(guest.awaitEnd());
        }
    }

    /** More than fits into the first segments that TCP may send, of a program that returns then. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void whatWasWrittenArrivesWhenMainReturns(int cpus) throws Exception {
        int bytes = 40_000;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) TimeUnit.MINUTES.toMillis(1));
            String probe =
                    "network-farewell 10.0.2.2 %d %d".formatted(server.getLocalPort(), bytes);
            List<String> command = machine("q35", cpus, "", "virtio-net-pci,romfile=", probe);
            command.addAll(List.of("-netdev", "user,id=net"));
            try (Session guest = new Session(command);
                    Socket connection = server.accept()) {
                connection.setSoTimeout(server.getSoTimeout());
                assertEquals(bytes, connection.getInputStream().readAllBytes().length);
                assertEquals(0, guest.awaitEnd().exitCode() >> 1);
            }
        }
    }

    /** It ends as it should, and has nothing lost but what the device has. */
    private static void checkEnd(Outcome outcome) {
        assertEquals(0, outcome.exitCode() >> 1, outcome.console());
        assertTrue(outcome.console().contains("\nfree "), outcome.console());
    }

    /**
     * @param isBlank whether the device fills in checksums, which it does behind the tap
     */
    private static void checkCapture(Capture capture, boolean isBlank) {
        String blank = "icmpv6.checksum.status == 0 || udp.checksum.status == 0";
        assertEquals(List.of(), capture.complaints(MAC, isBlank ? blank : "frame.number == 0"));
        String replies = "eth.src == " + MAC + " && (icmp.type == 0 || icmpv6.type == 129)";
        assertEquals(80, capture.frames(replies, "frame.number").size());
    }
}
