package dev.cortado.drivers.xen.vchan;

import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.drivers.xen.ring.CorruptRingException;
import dev.cortado.drivers.xen.ring.RingReader;
import dev.cortado.drivers.xen.ring.RingWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;

/**
 * A stream of bytes each way to a program that uses libxenvchan, as those in dom0 do. One thread
 * may read while another one writes.
 */
public final class Vchan implements AutoCloseable {
    private static final long READER = 1;
    private static final long WRITER = 2;

    private final VchanHeader header;
    private final boolean server;
    private final PeerPort port;
    private final Runnable release;
    private final RingReader reader;
    private final RingWriter writer;
    private final Object reading = new Object();
    private final Object writing = new Object();

    /** Written with both monitors held. */
    private boolean closed;

    Vchan(
            VchanHeader header,
            boolean server,
            RingReader reader,
            RingWriter writer,
            PeerPort port,
            Runnable release) {
        this.header = header;
        this.server = server;
        this.reader = reader;
        this.writer = writer;
        this.port = port;
        this.release = release;
        if (!server) {
            header.setLive(false, VchanHeader.LIVE);
            header.request(false, VchanHeader.NOTIFY_WRITE);
            port.send();
        }
    }

    /** Whether a server's client has connected. */
    public boolean isConnected() {
        synchronized (reading) {
            return !closed && header.live(!server) == VchanHeader.LIVE;
        }
    }

    /**
     * Reads at least one byte, which is waited for.
     *
     * @return how many; -1 if the other side has closed the stream
     */
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        while (true) {
            synchronized (reading) {
                checkOpen();
                // In this order: what was written before the end is there.
                boolean ended = header.live(!server) == VchanHeader.GONE;
                int count = tryRead(target, offset, length);
                if (count > 0 || length == 0) {
                    return count;
                }
                if (ended) {
                    return -1;
                }
            }
            await(READER);
        }
    }

    private int tryRead(byte[] target, int offset, int length) throws IOException {
        try {
            int count = reader.read(target, offset, length);
            if (count == 0) {
                header.request(server, VchanHeader.NOTIFY_WRITE);
                count = reader.read(target, offset, length);
            }
            if (count > 0 && header.mustNotify(server, VchanHeader.NOTIFY_READ)) {
                port.send();
            }
            return count;
        } catch (CorruptRingException e) {
            throw new IOException("The other side has broken this vchan: " + e.getMessage(), e);
        }
    }

    /** Writes all of these bytes, after waiting for room. */
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        int done = 0;
        while (done < length) {
            synchronized (writing) {
                checkOpen();
                if (header.live(!server) == VchanHeader.GONE) {
                    throw new IOException("The other side has closed this vchan");
                }
                done += tryWrite(source, offset + done, length - done);
                if (done == length) {
                    return;
                }
            }
            await(WRITER);
        }
    }

    private int tryWrite(byte[] source, int offset, int length) throws IOException {
        try {
            int count = writer.write(source, offset, length);
            if (count == 0) {
                header.request(server, VchanHeader.NOTIFY_READ);
                count = writer.write(source, offset, length);
            }
            if (count > 0 && header.mustNotify(server, VchanHeader.NOTIFY_WRITE)) {
                port.send();
            }
            if (count < length) {
                header.request(server, VchanHeader.NOTIFY_READ);
                if (writer.room() > 0) {
                    port.wake();
                }
            }
            return count;
        } catch (CorruptRingException e) {
            throw new IOException("The other side has broken this vchan: " + e.getMessage(), e);
        }
    }

    private void await(long waiter) throws IOException {
        try {
            port.await(waiter, Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("vchan: interrupted");
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("This vchan has been closed");
        }
    }

    /** The other side reads what was written, then hears of the end. */
    @Override
    public void close() {
        synchronized (reading) {
            synchronized (writing) {
                if (closed) {
                    return;
                }
                closed = true;
                header.setLive(server, VchanHeader.GONE);
                port.send();
                port.wake();
                release.run();
            }
        }
    }
}
