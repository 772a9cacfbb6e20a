package dev.cortado.system.guest;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.tcp.ConnectionEvents;
import dev.cortado.runtime.net.tcp.ConnectionListener;
import dev.cortado.runtime.net.tcp.TcpConnection;
import dev.cortado.runtime.net.tcp.TcpException;
import dev.cortado.runtime.net.tcp.TcpListener;
import dev.cortado.runtime.net.udp.BindResult;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.network.GuestNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The machine's network, without the JDK's. */
final class NetworkProbes {
    private static final int ECHO_PORT = 7;
    private static final int DISCARD_PORT = 9;
    private static final int LISTENER_PORT = 80;
    private static final IpAddress LOCALHOST = IpAddress.ofIpv4(127, 0, 0, 1);

    private NetworkProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "network-echo",
                arguments -> echo(),
                "network-monitored",
                arguments -> monitored(),
                "network-farewell",
                NetworkProbes::farewell);
    }

    /**
     * Hands bytes to a connection and returns, with most of them not yet sent.
     *
     * @param arguments the server's address and port, and how many bytes
     */
    private static void farewell(String... arguments) throws Exception {
        GuestNetwork network = GuestNetwork.get();
        network.awaitConfigured();
        CountDownLatch connected = new CountDownLatch(1);
        TcpConnection connection =
                network.tcp()
                        .connect(
                                IpAddress.UNSPECIFIED,
                                0,
                                IpAddress.parse(arguments[0]),
                                Integer.parseInt(arguments[1]),
                                (changed, events) -> {
                                    if ((events & ConnectionEvents.CONNECTED) != 0) {
                                        connected.countDown();
                                    }
                                },
                                network.clock().nanoTime());
        connected.await();
        ByteBuffer bytes = ByteBuffer.allocate(Integer.parseInt(arguments[2]));
        int taken = connection.send(bytes, network.clock().nanoTime());
        Probes.check(taken == bytes.capacity(), "room for " + taken + " bytes only");
    }

    /**
     * Has something to show: a listener with a connection that holds a hundred bytes, and a
     * datagram that nobody wants.
     */
    private static void monitored() throws IOException, TcpException, InterruptedException {
        GuestNetwork network = GuestNetwork.get();
        network.awaitConfigured();
        TcpListener listener = network.tcp().listen(IpAddress.UNSPECIFIED, LISTENER_PORT, 5);
        CountDownLatch made = new CountDownLatch(1);
        listener.setListener(made::countDown);
        TcpConnection client =
                network.tcp()
                        .connect(
                                IpAddress.UNSPECIFIED,
                                0,
                                LOCALHOST,
                                LISTENER_PORT,
                                ConnectionListener.NONE,
                                network.clock().nanoTime());
        Probes.check(made.await(1, TimeUnit.MINUTES), "a connection");
        client.send(ByteBuffer.allocate(100), network.clock().nanoTime());
        UdpSocket socket = network.stack().udp().open();
        socket.send(ByteBuffer.allocate(10), LOCALHOST, DISCARD_PORT, network.clock().nanoTime());
        awaitDrop(network.stack().drops());
        MonitorProbes.readLines();
    }

    /** It comes in last, after all that went to ourselves. */
    private static void awaitDrop(DropCounters drops) throws InterruptedException {
        for (int i = 0; i < 60_000 && drops.of(DropReason.UDP_NO_PORT) == 0; i++) {
            Thread.sleep(1);
        }
    }

    /** Answers pings and datagrams until one says "end", or somebody types something. */
    private static void echo() throws InterruptedException {
        GuestNetwork network = GuestNetwork.get();
        CountDownLatch end = new CountDownLatch(1);
        UdpSocket socket = network.stack().udp().open();
        Probes.check(socket.bind(IpAddress.UNSPECIFIED, ECHO_PORT) == BindResult.BOUND, "port 7");
        socket.setListener((from, now) -> {
            for (PacketBuffer packet = from.receive(); packet != null; packet = from.receive()) {
                answer(from, packet, end, now);
            }
        });
        network.awaitConfigured();
        System.out.println("echo");
        Thread.ofPlatform().daemon().start(() -> awaitKey(end));
        end.await();
        report(network);
    }

    private static void answer(
            UdpSocket socket, PacketBuffer packet, CountDownLatch end, long now) {
        byte[] bytes = new byte[packet.totalLength()];
        packet.copyOut(0, ByteBuffer.wrap(bytes));
        IpAddress address = new IpAddress(packet.info().sourceHigh, packet.info().sourceLow);
        int port = packet.info().sourcePort;
        packet.release();
        String text = new String(bytes, StandardCharsets.US_ASCII);
        switch (text) {
            case "end" -> end.countDown();
            case "kill" -> kill();
            default -> socket.send(ByteBuffer.wrap(bytes), address, port, now);
        }
    }

    /** What was dropped and why, and whether buffers have got lost. */
    private static void report(GuestNetwork network) {
        DropCounters drops = network.stack().drops();
        for (DropReason reason : DropReason.values()) {
            if (drops.of(reason) > 0) {
                System.out.println("dropped " + reason + " " + drops.of(reason));
            }
        }
        PacketPool pool = network.stack().pool();
        System.out.println("free " + pool.free() + " of " + pool.size());
    }

    private static void awaitKey(CountDownLatch end) {
        try {
            if (System.in.read() >= 0) {
                end.countDown();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Interrupts the drivers' threads, which ends them wherever they wait. */
    private static void kill() {
        Thread[] threads = new Thread[64];
        int count = Thread.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().startsWith("service network")) {
                threads[i].interrupt();
            }
        }
    }
}
