package dev.cortado.runtime.file.storage;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes for several positions, copied when they are added, and written in as few requests as there
 * are gaps between them: what is added next and lies next on the disk is in the same request. For
 * one thread.
 */
public final class WriteBatch {
    /** What a batch has room for at most, and so the longest request. */
    public static final int MAXIMUM_BYTES = 1 << 20;

    /** A request: bytes of the batch, up to where the next one begins. */
    private record Run(long position, int offset) {}

    private final ByteBuffer bytes;
    private final List<Run> runs = new ArrayList<>();

    /** The position behind the last byte added. */
    private long end;

    /**
     * @param expectedBytes how many will be added: it has room for these, if not for more than
     *     {@link #MAXIMUM_BYTES}
     */
    public WriteBatch(long expectedBytes) {
        this(ByteBuffer.allocate((int) Math.min(expectedBytes, MAXIMUM_BYTES)));
    }

    /**
     * @param bytes that it may use: all that there is room for
     */
    public WriteBatch(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Whether there is room for some more bytes. */
    public boolean hasRoom(int count) {
        return count <= bytes.remaining();
    }

    /** Copies bytes, which there is {@linkplain #hasRoom room} for. */
    public void add(long position, ByteBuffer from, int offset, int count) {
        if (runs.isEmpty() || position != end) {
            runs.add(new Run(position, bytes.position()));
        }
        bytes.put(bytes.position(), from, offset, count);
        bytes.position(bytes.position() + count);
        end = position + count;
    }

    /**
     * Writes all and is empty again. Several requests are under way together, and in no order; all
     * are tried, also when one has failed.
     *
     * @throws FileException the first that a request failed with
     */
    public void write(Storage storage) throws FileException {
        List<StoragePart> parts = new ArrayList<>(runs.size());
        int limit = bytes.position();
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            int runEnd = i + 1 < runs.size() ? runs.get(i + 1).offset() : limit;
            ByteBuffer part = bytes.slice(run.offset(), runEnd - run.offset());
            parts.add(new StoragePart(run.position(), part));
        }
        runs.clear();
        bytes.clear();
        if (parts.size() == 1) {
            storage.write(parts.getFirst().position(), parts.getFirst().bytes());
        } else if (!parts.isEmpty()) {
            storage.writeAll(parts);
        }
    }
}
