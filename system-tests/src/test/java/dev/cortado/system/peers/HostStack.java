package dev.cortado.system.peers;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.ip.Route;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.tcp.TcpSettings;
import dev.cortado.runtime.net.tcp.TcpTransport;
import dev.cortado.runtime.net.time.NetworkClock;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.socket.SocketEndpoint;
import dev.cortado.runtime.socket.SocketHost;
import dev.cortado.runtime.socket.TcpSocketFile;
import dev.cortado.system.guest.peers.Bulk;
import dev.cortado.system.guest.peers.BulkServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;

/**
 * Cortado's stack in this process, at the end of a wire, with the services of {@link BulkServer}:
 * what a guest does, without its kernel, drivers and compiler.
 */
final class HostStack implements SocketHost, Peer {
    private static final int BUFFERS = 4096;
    private static final int BUFFER_BYTES = 2048;
    private static final int METRIC = 10;
    private static final int CHUNK_BYTES = 64 * 1024;

    private final NetworkStack stack;
    private final TcpTransport tcp;
    private final WireDevice device;
    private final EthernetLink link;
    private final Thread thread = Thread.ofPlatform().daemon().name("stack").unstarted(this::serve);
    private volatile boolean stop;
    private volatile boolean woken;

    private interface Service {
        void serve(TcpSocketFile socket) throws FileException;
    }

    HostStack(Path wireSocket, long seed) throws IOException {
        stack =
                new NetworkStack(
                        PacketPool.ofHeap(BUFFERS, BUFFER_BYTES), new Random(seed), this::wake);
        tcp =
                new TcpTransport(
                        new TcpSettings(),
                        stack.ip(),
                        stack.timers(),
                        stack.drops(),
                        new Random(seed + 1));
        stack.ip().setTransport(IpProtocol.TCP, tcp);
        device = new WireDevice(wireSocket, 0x5254_0000_7802L);
        link = stack.addDevice("eth0", device);
        thread.start();
        device.start();
        Thread.ofPlatform().daemon().start(() -> accept(BulkServer.SINK, this::take));
        Thread.ofPlatform().daemon().start(() -> accept(BulkServer.SOURCE, this::send));
    }

    HostStack addresses(int host) {
        address(Peer.ipv4(host), 24);
        address(Peer.ipv6(host), 64);
        for (String gateway : List.of(Peer.ipv4(Peer.GATEWAY), Peer.ipv6(Peer.GATEWAY))) {
            Route route = Route.toEverywhere(IpAddress.parse(gateway), link, METRIC);
            stack.ip().routes().add(route);
        }
        return this;
    }

    private void address(String address, int prefixLength) {
        InterfaceAddress own = InterfaceAddress.of(IpAddress.parse(address), prefixLength);
        stack.addAddress(link, own, System.nanoTime());
    }

    private void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    private void serve() {
        while (!stop) {
            woken = false;
            stack.service(System.nanoTime());
            long delay = stack.nextDelay(System.nanoTime());
            if (!woken && delay > 0) {
                LockSupport.parkNanos(
                        delay == TimerQueue.NEVER ? TimeUnit.SECONDS.toNanos(1) : delay);
            }
        }
    }

    private void accept(int port, Service service) {
        try {
            TcpSocketFile server = new TcpSocketFile(this, false);
            server.bind(new SocketEndpoint(IpAddress.UNSPECIFIED, port, 0));
            server.listen(50);
            while (!stop) {
                TcpSocketFile socket = server.accept();
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                service.serve(socket);
                            } catch (FileException e) {
                                System.out.println(port + ": " + e);
                            } finally {
                                socket.close();
                            }
                        });
            }
        } catch (FileException e) {
            System.out.println(port + ": " + e);
        }
    }

    private void take(TcpSocketFile socket) throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES);
        CRC32 sum = new CRC32();
        long total = 0;
        for (int count = socket.read(bytes.clear());
                count > 0;
                count = socket.read(bytes.clear())) {
            sum.update(bytes.flip());
            total += count;
        }
        write(
                socket,
                ("took " + total + " " + Bulk.text(sum) + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void send(TcpSocketFile socket) throws FileException {
        ByteBuffer line = ByteBuffer.allocate(CHUNK_BYTES);
        while (line.position() == 0 || line.get(line.position() - 1) != '\n') {
            if (socket.read(line) <= 0) {
                return;
            }
        }
        int left =
                Integer.parseInt(
                        new String(line.array(), 0, line.position(), StandardCharsets.US_ASCII)
                                .strip());
        Bulk bulk = new Bulk();
        while (left > 0) {
            byte[] bytes = new byte[Math.min(left, CHUNK_BYTES)];
            bulk.fill(bytes);
            write(socket, bytes);
            left -= bytes.length;
        }
    }

    private static void write(TcpSocketFile socket, byte[] bytes) throws FileException {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            socket.write(from);
        }
    }

    @Override
    public NetworkStack stack() {
        return stack;
    }

    @Override
    public TcpTransport tcp() {
        return tcp;
    }

    @Override
    public NetworkClock clock() {
        return System::nanoTime;
    }

    @Override
    public void close() throws IOException {
        stop = true;
        LockSupport.unpark(thread);
        device.close();
    }
}
