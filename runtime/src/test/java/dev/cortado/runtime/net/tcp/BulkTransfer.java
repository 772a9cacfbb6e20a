package dev.cortado.runtime.net.tcp;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;

/** One end of a transfer: writes bytes that it makes up, reads what comes, and sums both. */
final class BulkTransfer {
    /** A prime, so that what repeats does not repeat at the same place of a segment. */
    private static final int PERIOD = 65521;

    final TcpConnection connection;
    final CRC32C sentSum = new CRC32C();
    final CRC32C receivedSum = new CRC32C();
    long sent;
    long received;
    long finishedAt;
    boolean ended;
    boolean closes = true;
    TcpException failure;
    private final VirtualTime time;
    private final long total;
    private final byte[] pattern = new byte[PERIOD];
    private final ByteBuffer in = ByteBuffer.allocate(16384);
    private boolean shut;

    BulkTransfer(VirtualTime time, TcpConnection connection, long total, long seed) {
        this.time = time;
        this.connection = connection;
        this.total = total;
        new Random(seed).nextBytes(pattern);
        connection.setListener((which, events) -> move());
        move();
    }

    void move() {
        try {
            read();
            write();
            if (ended && shut && finishedAt == 0) {
                finishedAt = time.now();
                if (closes) {
                    connection.close(time.now());
                }
            }
        } catch (TcpException e) {
            failure = e;
        }
    }

    private void read() throws TcpException {
        while (!ended) {
            in.clear();
            int count = connection.receive(in, time.now());
            if (count == TcpConnection.END) {
                ended = true;
            } else if (count == 0) {
                return;
            } else {
                received += count;
                receivedSum.update(in.flip());
            }
        }
    }

    private void write() throws TcpException {
        while (!shut) {
            if (sent == total) {
                connection.shutdownOutput(time.now());
                shut = true;
                return;
            }
            int at = (int) (sent % PERIOD);
            int length = (int) Math.min(Math.min(PERIOD - at, 8192), total - sent);
            int taken = connection.send(ByteBuffer.wrap(pattern, at, length), time.now());
            sentSum.update(pattern, at, taken);
            sent += taken;
            if (taken < length) {
                return;
            }
        }
    }
}
