package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whether a disk has nothing, so that a file system may be made on it without asking. That a
 * partition table, a file system, a RAID or a volume manager is there shows in its first or its
 * last MiB.
 */
public final class BlankStorage {
    static final int SUPERBLOCK_POSITION = 1024;

    private static final int LOOKED_AT = 1 << 20;
    private static final int STEP = 1 << 16;

    /** Where the superblock is to be, as long as it is not. */
    private static final byte[] UNFINISHED =
            "An ext4 is being made here by Cortado; there is nothing else yet"
                    .getBytes(StandardCharsets.US_ASCII);

    private BlankStorage() {}

    /**
     * Whether there are only zeros, or a file system that was not made to its end.
     *
     * @throws FileException EIO
     */
    public static boolean isBlank(Storage storage) throws FileException {
        if (isUnfinished(storage)) {
            return true;
        }
        long bytes = storage.bytes() / storage.sectorBytes() * storage.sectorBytes();
        long end = Math.max(0, bytes - LOOKED_AT) / storage.sectorBytes() * storage.sectorBytes();
        return isZero(storage, 0, Math.min(bytes, LOOKED_AT)) && isZero(storage, end, bytes);
    }

    private static boolean isZero(Storage storage, long from, long to) throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(STEP, storage.sectorBytes()));
        for (long at = from; at < to; at += bytes.capacity()) {
            storage.read(at, bytes.clear().limit((int) Math.min(bytes.capacity(), to - at)));
            bytes.flip();
            while (bytes.hasRemaining()) {
                if (bytes.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isUnfinished(Storage storage) throws FileException {
        if (storage.bytes() < LOOKED_AT) {
            return false;
        }
        ByteBuffer begin = begin(storage);
        storage.read(0, begin);
        byte[] there = new byte[UNFINISHED.length];
        begin.get(SUPERBLOCK_POSITION, there);
        return Arrays.equals(there, UNFINISHED);
    }

    /** Ends whatever was there, and says what is about to come. */
    static void markUnfinished(Storage storage) throws FileException {
        ByteBuffer begin = begin(storage);
        begin.put(SUPERBLOCK_POSITION, UNFINISHED);
        storage.write(0, begin);
        storage.flush();
    }

    private static ByteBuffer begin(Storage storage) {
        int least = SUPERBLOCK_POSITION + UNFINISHED.length;
        int sectors = Math.ceilDiv(least, storage.sectorBytes());
        return ByteBuffer.allocate(sectors * storage.sectorBytes());
    }
}
