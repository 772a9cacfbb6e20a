package dev.cortado.examples.kv;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** A file that records are only added to. Many threads may read and sync; one at a time appends. */
final class Log implements AutoCloseable {
    /** What is told of each record, from the first to the last. */
    interface Reader {
        void read(LogRecord record, Place place);
    }

    /** Where a record is: its first byte, and how many it has. */
    record Place(long position, int length) {
        long end() {
            return position + length;
        }
    }

    private final FileChannel channel;
    private final ReentrantLock syncing = new ReentrantLock();
    private volatile long end;
    private volatile long synced;

    /** Why nothing is added any more; nobody knows then what of the last bytes is on the disk. */
    private volatile IOException failure;

    private Log(FileChannel channel) {
        this.channel = channel;
    }

    /** A file that is there, or is made. */
    static Log open(Path file) throws IOException {
        return new Log(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    /**
     * Reads it all, and cuts off what a write left that the machine's end has interrupted.
     *
     * @return how many bytes that was
     */
    long recover(Reader reader) throws IOException {
        long size = channel.size();
        long position = 0;
        ByteBuffer header = ByteBuffer.allocate(LogRecord.HEADER_BYTES);
        while (size - position >= LogRecord.HEADER_BYTES) {
            readFully(header.clear(), position);
            int length = LogRecord.length(header);
            if (length < 0 || length > size - position) {
                break;
            }
            Place place = new Place(position, length);
            LogRecord record = tryRead(place);
            if (record == null) {
                break;
            }
            reader.read(record, place);
            position += length;
        }
        if (position < size) {
            channel.truncate(position);
            channel.force(true);
        }
        end = position;
        synced = position;
        return size - position;
    }

    long end() {
        return end;
    }

    /** Adds a record; it is kept for good after {@link #sync}. */
    Place append(LogRecord record) throws IOException {
        if (failure != null) {
            throw new IOException("an earlier write has failed", failure);
        }
        ByteBuffer bytes = record.toBytes();
        Place place = new Place(end, bytes.remaining());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, place.position() + bytes.position());
            }
        } catch (IOException e) {
            // The next record goes over what there is of this one.
            channel.truncate(place.position());
            throw e;
        }
        end = place.end();
        return place;
    }

    /**
     * Returns when all up to a place is kept for good. Who comes in the meantime shares the next.
     */
    void sync(long upTo) throws IOException {
        if (synced >= upTo) {
            return;
        }
        syncing.lock();
        try {
            if (synced < upTo) {
                long written = end;
                force();
                synced = written;
            }
        } finally {
            syncing.unlock();
        }
    }

    private void force() throws IOException {
        if (failure != null) {
            throw new IOException("an earlier write has failed", failure);
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            fail(e);
            throw e;
        }
    }

    /** Nothing is added any more. */
    void fail(IOException reason) {
        failure = reason;
    }

    /** The record at a place, which {@link #append} or {@link #recover} has told. */
    LogRecord read(Place place) throws IOException {
        LogRecord record = tryRead(place);
        if (record == null) {
            throw new IOException("damaged: " + place);
        }
        return record;
    }

    private LogRecord tryRead(Place place) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(place.length());
        readFully(bytes, place.position());
        return LogRecord.of(bytes);
    }

    private void readFully(ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("a record at byte " + position);
            }
        }
    }

    /** All that was written here is kept for good elsewhere: whoever still waits need not. */
    void retire() throws IOException {
        syncing.lock();
        try {
            synced = Long.MAX_VALUE;
            channel.close();
        } finally {
            syncing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        sync(end);
        channel.close();
    }
}
