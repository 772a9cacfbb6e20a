package dev.cortado.runtime.socket;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.tcp.TcpSettings;
import dev.cortado.runtime.net.tcp.TcpTransport;
import dev.cortado.runtime.net.time.NetworkClock;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A real stack with TCP, whose one service thread sleeps until there is something to do. */
final class RunningHost implements SocketHost, AutoCloseable {
    final NetworkStack stack;
    final TcpTransport tcp;
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::serve);
    private volatile boolean stop;
    private volatile boolean woken;

    RunningHost() {
        this(1, 4096);
    }

    RunningHost(long seed, int buffers) {
        stack = new NetworkStack(PacketPool.ofHeap(buffers, 2048), new Random(seed), this::wake);
        TcpSettings settings = new TcpSettings();
        tcp =
                new TcpTransport(
                        settings, stack.ip(), stack.timers(), stack.drops(), new Random(seed + 1));
        stack.ip().setTransport(IpProtocol.TCP, tcp);
    }

    RunningHost start() {
        thread.start();
        return this;
    }

    private void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    private void serve() {
        while (!stop) {
            try {
                woken = false;
                long now = System.nanoTime();
                stack.service(now);
                long delay = stack.nextDelay(System.nanoTime());
                if (delay > 0 && !woken && !stop) {
                    LockSupport.parkNanos(Math.min(delay, TimeUnit.SECONDS.toNanos(5)));
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    TcpSocketFile tcpSocket() {
        return new TcpSocketFile(this, false);
    }

    UdpSocketFile udpSocket() {
        return new UdpSocketFile(this, false);
    }

    static SocketEndpoint loopback(int port) {
        return new SocketEndpoint(IpAddress.ofIpv4(127, 0, 0, 1), port, 0);
    }

    /** Listens at loopback, at a port that is free. */
    TcpSocketFile listening(int backlog) throws Exception {
        TcpSocketFile server = tcpSocket();
        server.bind(loopback(0));
        server.listen(backlog);
        return server;
    }

    /** Both ends of a connection. */
    TcpSocketFile[] pair() throws Exception {
        try (Closing server = new Closing(listening(5))) {
            TcpSocketFile client = tcpSocket();
            client.connect(server.file.localEndpoint());
            return new TcpSocketFile[] {client, server.file.accept()};
        }
    }

    /** Closes a socket at the end of a block. */
    record Closing(TcpSocketFile file) implements AutoCloseable {
        @Override
        public void close() {
            file.close();
        }
    }

    /** All buffers are back, and nothing has failed in the thread. */
    boolean isWhole() {
        return failure.get() == null && stack.pool().free() == stack.pool().size();
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
    public void close() throws InterruptedException {
        stop = true;
        LockSupport.unpark(thread);
        thread.join(10_000);
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }
}
