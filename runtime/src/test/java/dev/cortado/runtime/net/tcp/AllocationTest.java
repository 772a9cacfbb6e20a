package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketPool;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is allocated on a segment's way, lost ones included, once buffers have grown. */
final class AllocationTest {
    private final PacketPool pool = PacketPool.ofHeap(512, 2048);
    private final DirectWire a =
            new DirectWire(pool, IpAddress.ofIpv4(10, 0, 0, 1), new TcpSettings());
    private final DirectWire b =
            new DirectWire(pool, IpAddress.ofIpv4(10, 0, 0, 2), new TcpSettings());
    private final ByteBuffer out = ByteBuffer.allocate(1 << 16);
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
    private long now = 1_000_000_000;
    private long received;

    private void exchange() {
        boolean more = true;
        while (more) {
            now += 10_000;
            more = a.receiveOne(now);
            more |= b.receiveOne(now);
        }
    }

    private void transfer(TcpConnection from, TcpConnection to, long bytes) throws TcpException {
        long until = received + bytes;
        while (received < until) {
            now += 1_000_000;
            a.timers.expire(now);
            b.timers.expire(now);
            from.send(out.clear(), now);
            exchange();
            int count = to.receive(in.clear(), now);
            received += Math.max(0, count);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50})
    void aTransferAllocatesNothing(int loseEvery) throws TcpException {
        a.other = b;
        b.other = a;
        TcpListener listener = b.tcp.listen(IpAddress.UNSPECIFIED, 80, 5);
        TcpConnection from =
                a.tcp.connect(
                        IpAddress.UNSPECIFIED, 0, b.address, 80, ConnectionListener.NONE, now);
        exchange();
        TcpConnection to = listener.accept();
        a.loseEvery = loseEvery;
        transfer(from, to, 6_000_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        transfer(from, to, 6_000_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 30_000, allocated + " bytes for some 4,000 segments");
    }
}
