package dev.cortado.image.format.bytes;

import java.nio.ByteBuffer;

/**
 * A disk that a file keeps in blocks of one size, where a block of zeros needs no place: what disk
 * formats have in common when they are read.
 */
public abstract class BlockSource implements ByteSource {
    /** How many blocks one question looks at. */
    private static final int LOOK_AHEAD = 4096;

    private final ByteSource file;
    private final long size;
    private final int blockBytes;

    /**
     * @param file closed with this
     * @param size of the disk, checked not to be negative
     * @param blockBytes checked to be positive
     */
    protected BlockSource(ByteSource file, long size, int blockBytes) {
        this.file = file;
        this.size = size;
        this.blockBytes = blockBytes;
    }

    /** The file's own bytes. */
    protected final ByteSource file() {
        return file;
    }

    protected final int blockBytes() {
        return blockBytes;
    }

    /** Whether a block has no place in the file, and is zeros. */
    protected abstract boolean isHole(long block);

    /**
     * Fills what remains of {@code into} with bytes of a block that is no hole.
     *
     * @param offset in the block, in which all of it is
     */
    protected abstract void readBlock(long block, int offset, ByteBuffer into);

    @Override
    public final String name() {
        return file.name();
    }

    @Override
    public final long size() {
        return size;
    }

    @Override
    public final void read(long position, ByteBuffer into) {
        requireInside(position, into.remaining(), "what is read of the disk");
        int limit = into.limit();
        long at = position;
        while (into.position() < limit) {
            int offset = (int) (at % blockBytes);
            int count = Math.min(limit - into.position(), blockBytes - offset);
            into.limit(into.position() + count);
            long block = at / blockBytes;
            if (isHole(block)) {
                into.put(new byte[count]);
            } else {
                readBlock(block, offset, into);
            }
            at += count;
        }
    }

    @Override
    public final long zeros(long position) {
        requireInside(position, 0, "what is asked for");
        long end = position;
        for (int i = 0; i < LOOK_AHEAD && end < size && isHole(end / blockBytes); i++) {
            end += blockBytes - end % blockBytes;
        }
        return Math.min(end, size) - position;
    }

    @Override
    public final void close() {
        file.close();
    }
}
