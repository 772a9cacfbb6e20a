package dev.cortado.runtime.file.storage.cache;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/**
 * A file's contents as far as they are in memory. It knows no size: whoever reads asks for no more
 * than there is. A writer of the file, or who truncates it, meets neither another one nor a reader;
 * the file system's lock sees to that. Writing back goes on beside all of them.
 *
 * <p>Bytes that go into blocks that were taken in a change of metadata are written before that
 * change is closed, so that they are on the disk before it is. {@link #prepare} does what would
 * wait for the disk then.
 */
public final class PagedFile {
    private final PageCache cache;
    private final int blockBytes;
    private final FilePages pages;
    private final ReadAhead readAhead;
    private final WriteBack writeBack;
    private final DirectTransfers direct;

    PagedFile(PageCache cache) {
        this.cache = cache;
        blockBytes = cache.blockBytes();
        pages = new FilePages(this, cache);
        readAhead = new ReadAhead(cache, pages);
        writeBack = new WriteBack(cache, pages);
        direct = new DirectTransfers(cache, pages, writeBack);
    }

    /**
     * Fills a buffer up to its limit.
     *
     * @param position 0 or more
     */
    public void read(long position, ByteBuffer to, FileBlocks blocks) throws FileException {
        long at = position;
        while (to.hasRemaining()) {
            int count = pages.read(at, to);
            at += count > 0 ? count : readAhead.read(at, to, blocks);
        }
    }

    /**
     * Reads the blocks that a write there will change in part, and makes room for it, so that the
     * write itself hardly ever waits for the disk.
     *
     * @param blocks as they are before the write: what has no place yet is not read
     */
    public void prepare(long position, long length, FileBlocks blocks) throws FileException {
        cache.limitDirty(this);
        if (length == 0) {
            return;
        }
        long end = position + length;
        if (position % blockBytes != 0) {
            load(position / blockBytes, blocks);
        }
        if (end % blockBytes != 0) {
            load(end / blockBytes, blocks);
        }
    }

    private void load(long block, FileBlocks blocks) throws FileException {
        long place = pages.isPresent(block) ? FileBlocks.HOLE : blocks.place(block);
        if (place != FileBlocks.HOLE) {
            long age = pages.age();
            pages.install(block, place, fromDisk(place), 0, age);
        }
    }

    private ByteBuffer fromDisk(long place) throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate(blockBytes);
        cache.storage().read(place * blockBytes, bytes);
        return bytes;
    }

    /**
     * Writes all that a buffer has left; its position says how much was written if this fails. Who
     * undoes the change that gave blocks to the file {@linkplain #truncate truncates} it before.
     *
     * @param position 0 or more
     * @throws FileException EIO if a block that is changed in part cannot be read; EUCLEAN if one
     *     has no place
     */
    public void write(long position, ByteBuffer from, FileBlocks blocks) throws FileException {
        long at = position;
        while (from.hasRemaining()) {
            cache.limitDirty(this);
            long block = at / blockBytes;
            int offset = (int) (at % blockBytes);
            int count = Math.min(from.remaining(), blockBytes - offset);
            boolean isFresh = blocks.isFresh(block);
            long place = isFresh ? blocks.place(block) : place(block, blocks);
            if (place == FileBlocks.HOLE) {
                throw new FileException(Errno.EUCLEAN, "no place for block " + block);
            }
            boolean isZeroed = isFresh && count < blockBytes;
            ByteBuffer rest = isZeroed ? ByteBuffer.allocate(blockBytes) : null;
            writeBlock(block, place, offset, from.slice(from.position(), count), rest);
            from.position(from.position() + count);
            at += count;
        }
    }

    private long place(long block, FileBlocks blocks) throws FileException {
        long known = pages.place(block);
        return known != FileBlocks.HOLE ? known : blocks.place(block);
    }

    /**
     * @param rest as {@link FilePages#write} wants it
     */
    private void writeBlock(long block, long place, int offset, ByteBuffer from, ByteBuffer rest)
            throws FileException {
        if (!pages.write(block, place, offset, from, rest)) {
            pages.write(block, place, offset, from, fromDisk(place));
        }
    }

    /**
     * Fills a buffer up to its limit from the disk. Others may read and write the file meanwhile.
     *
     * @param position a multiple of a block
     */
    public void readDirect(long position, ByteBuffer to, FileBlocks blocks) throws FileException {
        direct.read(position, to, blocks);
    }

    /**
     * Writes all that a buffer has left to the disk, over what is there, while others may read the
     * file and do the same.
     *
     * @param position and the length are multiples of a block
     * @return false if nothing was done: a block has no place, or cannot be written back first
     */
    public boolean writeDirect(long position, ByteBuffer from, FileBlocks blocks)
            throws FileException {
        return direct.write(position, from, blocks);
    }

    /** Whether nothing of it is in memory, nor on its way from there to the disk. */
    public boolean isEmpty() {
        return pages.isEmpty();
    }

    /** Forgets what is in memory of a part of the file, as far as it is on the disk. */
    public void forget(long position, long length) {
        pages.forget(position / blockBytes, Math.ceilDiv(position + length, blockBytes));
    }

    /**
     * Does what {@link #truncate} to the same size would wait for the disk for.
     *
     * @param blocks as they are before
     */
    public void prepareToTruncate(long newSize, FileBlocks blocks) throws FileException {
        if (newSize % blockBytes != 0) {
            load(newSize / blockBytes, blocks);
        }
        if (pages.isDirtyFrom(firstCut(newSize))) {
            writeBack();
        }
    }

    /** The first block of which nothing is left. */
    private long firstCut(long newSize) {
        return newSize / blockBytes + (newSize % blockBytes == 0 ? 0 : 1);
    }

    /**
     * Forgets what is behind a new size, and zeros the rest of its last block, so that zeros are
     * there if the file grows again. Before the blocks behind it are freed: nothing is on its way
     * to them when this returns. What has not been written yet is written: the transaction that
     * gave blocks to the file may be committed without the one that takes them away, and must not
     * show what was in them before.
     *
     * @param blocks as they are before
     */
    public void truncate(long newSize, FileBlocks blocks) throws FileException {
        long firstCut = firstCut(newSize);
        if (pages.isDirtyFrom(firstCut)) {
            writeBack();
        }
        long last = newSize / blockBytes;
        int offset = (int) (newSize % blockBytes);
        if (offset != 0) {
            long place = place(last, blocks);
            if (place != FileBlocks.HOLE) {
                writeBlock(last, place, offset, ByteBuffer.allocate(blockBytes - offset), null);
            }
        }
        writeBack.exclusively(() -> pages.dropFrom(firstCut));
    }

    /**
     * Writes all that was written before this call to the disk, which is not flushed.
     *
     * @throws FileException EIO, once, if some of it, or of what was written back since the last
     *     call, could not be written; it is lost
     */
    public void sync() throws FileException {
        writeBack();
        FileException failure = writeBack.takeFailure();
        if (failure != null) {
            throw new FileException(Errno.EIO, failure.getMessage());
        }
    }

    void writeBack() {
        writeBack.run();
    }

    WriteBack ownWriteBack() {
        return writeBack;
    }

    int claim(Page page) {
        return pages.claim(page);
    }

    void forgetGone(Page page) {
        pages.forgetGone(page);
    }

    /**
     * As {@link #sync}; then nothing of the file is in memory any more. It may be used again. Of a
     * file that is gone, truncate it to nothing before.
     */
    public void close() throws FileException {
        try {
            sync();
        } finally {
            writeBack.exclusively(() -> pages.dropFrom(0));
        }
    }
}
