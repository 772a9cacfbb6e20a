package dev.cortado.runtime.file.storage;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads bytes anywhere on a disk that nobody writes, and keeps those blocks in memory that were
 * used last. Any thread may call it.
 */
public final class StorageReader {
    private static final int BLOCK_BYTES = 16 << 10;
    private static final int LEAST_BLOCKS = 4;

    private final Storage storage;
    private final long bytes;
    private final int blockBytes;
    private final Map<Long, byte[]> blocks;

    /**
     * @param cacheBytes that it may keep, about
     */
    public StorageReader(Storage storage, long cacheBytes) {
        this.storage = storage;
        bytes = storage.bytes() & -storage.sectorBytes();
        blockBytes = Math.max(BLOCK_BYTES, storage.sectorBytes());
        long most = Math.max(cacheBytes / blockBytes, LEAST_BLOCKS);
        blocks =
                new LinkedHashMap<>(LEAST_BLOCKS, 0.75F, true) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
                        return size() > most;
                    }
                };
    }

    /** The disk's name, for messages. */
    public String name() {
        return storage.name();
    }

    /** How many can be read. */
    public long bytes() {
        return bytes;
    }

    /**
     * Some bytes.
     *
     * @param length of few bytes, which whoever calls has found to be so
     * @throws FileException as {@link #read}
     */
    public byte[] bytes(long position, int length) throws FileException {
        requireInside(position, length);
        byte[] found = new byte[length];
        read(position, ByteBuffer.wrap(found));
        return found;
    }

    /**
     * Fills a buffer up to its limit.
     *
     * @throws FileException EUCLEAN if that is not inside of the disk, EIO
     */
    public void read(long position, ByteBuffer to) throws FileException {
        requireInside(position, to.remaining());
        int limit = to.limit();
        long at = position;
        try {
            while (to.position() < limit) {
                int inBlock = (int) (at % blockBytes);
                int left = limit - to.position();
                int count;
                if (inBlock == 0 && left >= blockBytes) {
                    count = left - left % blockBytes;
                    to.limit(to.position() + count);
                    storage.read(at, to);
                } else {
                    count = Math.min(left, blockBytes - inBlock);
                    to.put(block(at - inBlock), inBlock, count);
                }
                to.limit(limit);
                at += count;
            }
        } finally {
            to.limit(limit);
        }
    }

    private void requireInside(long position, long length) throws FileException {
        if (position < 0 || position > bytes - length) {
            throw new FileException(
                    Errno.EUCLEAN,
                    name()
                            + ": "
                            + length
                            + " bytes at "
                            + position
                            + " are not inside of its "
                            + bytes);
        }
    }

    private byte[] block(long start) throws FileException {
        synchronized (blocks) {
            byte[] kept = blocks.get(start);
            if (kept != null) {
                return kept;
            }
        }
        byte[] read = new byte[(int) Math.min(blockBytes, bytes - start)];
        storage.read(start, ByteBuffer.wrap(read));
        synchronized (blocks) {
            blocks.put(start, read);
        }
        return read;
    }
}
