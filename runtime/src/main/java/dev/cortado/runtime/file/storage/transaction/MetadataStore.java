package dev.cortado.runtime.file.storage.transaction;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The blocks of a file system's metadata. They are changed in steps, {@link Change}; steps are
 * gathered into a transaction, and a transaction is on the disk as a whole or not at all.
 *
 * <p>The file system has a lock of its own, under which it reads blocks and makes changes: one
 * change at a time, and what {@link #read} gave is good until that lock is let go of. A commit
 * never takes that lock, and may happen between any two changes; {@link #begin} waits as long as it
 * must.
 */
public interface MetadataStore extends AutoCloseable {
    /** Bytes of a block: 1024 to 65536, a power of two. */
    int blockBytes();

    /** How many blocks the file system has. */
    long blocks();

    /** Refuses all changes, with EROFS: as it was opened, or since an error ended the journal. */
    boolean isReadOnly();

    /**
     * A block as the last change left it: little-endian, of the whole block, shared, not to be
     * written to.
     *
     * @throws FileException EIO; EUCLEAN if there is no block of that number
     */
    ByteBuffer read(long block) throws FileException;

    /**
     * Grows when a block has left memory, or a change was undone: as long as it is the same, a
     * buffer that {@link #read} gave is the one that it would give again, and what was read there
     * is there, but for changes since.
     */
    long departures();

    /**
     * What {@link #setMark} has said of a block since it came into memory; 0 if it has not, or if a
     * change of the block was undone since. Who changes a block leaves it as its mark says.
     */
    long mark(long block);

    /**
     * Remembers something of a block as long as it is in memory, such as that it was found right.
     *
     * @param mark 0 for nothing
     */
    void setMark(long block, long mark);

    /**
     * Begins a step. The one before has been closed.
     *
     * @param credits of how many blocks at most, for a place in the journal
     * @throws FileException EROFS; EIO if the journal has ended; ENOSPC for more than it ever holds
     */
    Change begin(int credits) throws FileException;

    /**
     * Whether a block was freed by a transaction that is not committed yet: what is in it belongs
     * to somebody again if the machine ends now, so that nobody may write to it.
     */
    boolean isHeld(long block);

    /** Whether any block is held: a {@link #commit} makes room. */
    boolean holdsBlocks();

    /**
     * From now on the disk is told of freed blocks ({@link Storage#discard}), by the commit that
     * makes them free for good.
     *
     * @param problems is told once if the disk refuses
     */
    void discardFreed(Consumer<String> problems);

    /** The transaction that the next change will be part of; grows with each commit. */
    long transaction();

    /**
     * Returns when a transaction and all before it are on the disk for good, with the data that was
     * written before it. Not to be called within a change.
     *
     * @param transaction as {@link #transaction} said when the change was made
     * @return whether this call has flushed the disk after all that had been written before it; if
     *     not, for there was nothing to commit, who has written data flushes it
     * @throws FileException EIO: it is not known what is on the disk, and nothing more will be
     *     written
     */
    boolean commit(long transaction) throws FileException;

    /**
     * Ends all writing, as an error of the disk does: for a file system that found itself damaged.
     *
     * @param reason what later changes fail with, as EIO
     */
    void abort(FileException reason);

    /** Commits all and puts it into its place, so that nothing is left to be replayed. */
    @Override
    void close() throws FileException;
}
