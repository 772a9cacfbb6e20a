package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketPool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads: two that receive for each host, one for timers, and a writer and a reader each. */
final class ConcurrencyTest {
    private static final int CONNECTIONS = 4;
    private static final int BYTES = 400_000;

    private final PacketPool pool = PacketPool.ofHeap(2048, 2048);
    private final DirectWire a =
            new DirectWire(pool, IpAddress.ofIpv4(10, 0, 0, 1), new TcpSettings());
    private final DirectWire b =
            new DirectWire(pool, IpAddress.ofIpv4(10, 0, 0, 2), new TcpSettings());
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stop;

    private interface Work {
        void run() throws Exception;
    }

    private Thread start(List<Thread> threads, Work work) {
        Thread thread =
                new Thread(() -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        failure.compareAndSet(null, e);
                    }
                });
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void service(DirectWire host) {
        while (!stop) {
            long now = System.nanoTime();
            boolean worked = host.receiveOne(now);
            host.timers.nextDelay(now);
            if (!worked) {
                Thread.yield();
            }
        }
    }

    private void timers() {
        while (!stop) {
            a.timers.expire(System.nanoTime());
            b.timers.expire(System.nanoTime());
            Thread.yield();
        }
    }

    private static void write(TcpConnection connection, Semaphore changed, long[] sum)
            throws Exception {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (i * 7 + (i >> 9));
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        sum[0] = crc.getValue();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            if (connection.send(from, System.nanoTime()) == 0) {
                changed.tryAcquire(20, TimeUnit.MILLISECONDS);
            }
        }
        connection.shutdownOutput(System.nanoTime());
    }

    private static void read(TcpConnection connection, Semaphore changed, long[] sum)
            throws Exception {
        CRC32C crc = new CRC32C();
        ByteBuffer to = ByteBuffer.allocate(20_000);
        int count = 0;
        while (count != TcpConnection.END) {
            count = connection.receive(to.clear(), System.nanoTime());
            crc.update(to.flip());
            if (count == 0) {
                changed.tryAcquire(20, TimeUnit.MILLISECONDS);
            }
        }
        sum[0] = crc.getValue();
    }

    @Test
    @Timeout(120)
    void connectionsAreUsedFromManyThreads() throws Exception {
        a.other = b;
        b.other = a;
        a.loseEvery = 101;
        b.loseEvery = 103;
        List<Thread> services = new ArrayList<>();
        for (DirectWire host : new DirectWire[] {a, a, b, b}) {
            start(services, () -> service(host));
        }
        start(services, this::timers);
        TcpListener listener = b.tcp.listen(IpAddress.UNSPECIFIED, 80, 100);
        List<Thread> programs = new ArrayList<>();
        List<TcpConnection> all = new ArrayList<>();
        long[][] sums = new long[4 * CONNECTIONS][1];
        for (int i = 0; i < CONNECTIONS; i++) {
            TcpConnection from =
                    a.tcp.connect(
                            IpAddress.UNSPECIFIED,
                            0,
                            b.address,
                            80,
                            ConnectionListener.NONE,
                            System.nanoTime());
            TcpConnection to = null;
            while (to == null && failure.get() == null) {
                to = listener.accept();
                Thread.yield();
            }
            all.add(from);
            all.add(to);
            for (TcpConnection end : List.of(from, to)) {
                Semaphore changed = new Semaphore(0);
                end.setListener((which, events) -> changed.release(2));
                int index = 4 * i + (end == from ? 0 : 2);
                start(programs, () -> write(end, changed, sums[index]));
                start(programs, () -> read(end, changed, sums[index + 1]));
            }
        }
        for (Thread program : programs) {
            program.join();
        }
        assertNull(failure.get());
        for (int i = 0; i < CONNECTIONS; i++) {
            assertEquals(sums[4 * i][0], sums[4 * i + 3][0]);
            assertEquals(sums[4 * i + 2][0], sums[4 * i + 1][0]);
        }
        for (TcpConnection connection : all) {
            connection.abort(System.nanoTime());
        }
        listener.close(System.nanoTime());
        stop = true;
        for (Thread service : services) {
            service.join();
        }
        while (a.receiveOne(System.nanoTime()) || b.receiveOne(System.nanoTime())) {
            // What was still on the wire.
        }
        assertNull(failure.get());
        assertTrue(a.tcp.connections() <= a.tcp.timeWaits());
        assertEquals(pool.size(), pool.free());
        assertEquals(0, a.tcp.chunksInUse());
        assertEquals(0, b.tcp.chunksInUse());
    }
}
