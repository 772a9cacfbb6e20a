package dev.cortado.image.disk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A disk as it is, with what is written to it in memory only: its journal can be replayed and its
 * files be read without changing it.
 */
final class OverlayStorage implements Storage {
    /** What a sector takes here, with what it is found by. */
    private static final int BYTES_OF_HEAP = 1024;

    private final Storage below;
    private final long mostSectors;

    /** By number of the sector. */
    private final Map<Long, byte[]> written = new HashMap<>();

    /** Of half of the memory at most: how long a journal is, a disk says. */
    OverlayStorage(Storage below) {
        this(below, Runtime.getRuntime().maxMemory() / 2 / BYTES_OF_HEAP);
    }

    OverlayStorage(Storage below, long mostSectors) {
        this.below = below;
        this.mostSectors = mostSectors;
    }

    @Override
    public String name() {
        return below.name();
    }

    @Override
    public long bytes() {
        return below.bytes();
    }

    @Override
    public int sectorBytes() {
        return below.sectorBytes();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public boolean canDiscard() {
        return false;
    }

    @Override
    public synchronized void read(long position, ByteBuffer to) throws FileException {
        int begin = to.position();
        int length = to.remaining();
        below.read(position, to);
        if (written.isEmpty()) {
            return;
        }
        for (int at = 0; at < length; at += sectorBytes()) {
            byte[] sector = written.get((position + at) / sectorBytes());
            if (sector != null) {
                to.put(begin + at, sector);
            }
        }
    }

    @Override
    public synchronized void write(long position, ByteBuffer from) throws FileException {
        boolean isInside = position >= 0 && position <= bytes() - from.remaining();
        if (!isInside || position % sectorBytes() != 0 || from.remaining() % sectorBytes() != 0) {
            throw new FileException(Errno.EINVAL, name());
        }
        for (long sector = position / sectorBytes(); from.hasRemaining(); sector++) {
            if (written.size() >= mostSectors && !written.containsKey(sector)) {
                throw new FileException(
                        Errno.ENOMEM,
                        name() + ": its journal is too long to be replayed in this memory");
            }
            byte[] bytes = new byte[sectorBytes()];
            from.get(bytes);
            written.put(sector, bytes);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void discard(long position, long length) {}
}
