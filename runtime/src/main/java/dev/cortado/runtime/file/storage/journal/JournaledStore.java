package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileClock;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.WriteBatch;
import dev.cortado.runtime.file.storage.transaction.BufferedStore;
import dev.cortado.runtime.file.storage.transaction.OrderedData;
import dev.cortado.runtime.file.storage.transaction.Snapshot;

/**
 * A store whose transactions are in a journal before they are in their places, so that after a
 * crash each is there as a whole or not at all. Its order of writing:
 *
 * <ol>
 *   <li>the data that a transaction tells of, and its blocks, to the log
 *   <li>a flush, so that a commit block is never on the disk without what it commits
 *   <li>the commit block
 *   <li>a flush: the transaction is there for good
 * </ol>
 *
 * <p>When the log or memory is full, a checkpoint writes all logged blocks to their places, flushes
 * them, says in the journal's superblock that the log begins behind them, and flushes that before
 * anything of them is written over.
 */
public final class JournaledStore extends BufferedStore {
    /** Above all sequence numbers, whose low half transactions' numbers have. */
    private static final long FIRST_EPOCH = 1L << Integer.SIZE;

    private static final int MINIMUM_LOGGED = 256;

    private final Journal journal;
    private final JournalBlocks places;
    private final FileClock clock;
    private final LoggedImages logged;
    private final LogWriter log;
    private final int maximumBlocks;
    private final int maximumLogged;

    /**
     * What the journal is to have.
     *
     * @param isWide block numbers of 64 bits, as the file system
     * @param hasChecksums as the file system's metadata
     */
    public record Features(boolean isWide, boolean hasChecksums) {}

    /**
     * @param storage the file system's; writable
     * @param blocks of the file system
     * @param journal an empty one; its blocks are not larger or smaller than the file system's
     * @param memoryBytes for blocks in memory, in parts for those that are as on the disk, those
     *     that have been changed, and those that are in the log only
     */
    public static JournaledStore open(
            Storage storage,
            long blocks,
            Journal journal,
            Features features,
            long memoryBytes,
            FileClock clock,
            OrderedData orderedData) {
        if (journal.needsRecovery()) {
            throw new IllegalStateException("The journal is not empty");
        }
        journal.superblock().setFeatures(features.isWide(), features.hasChecksums(), false);
        int first = journal.superblock().sequence() + 1;
        return new JournaledStore(
                storage,
                blocks,
                journal,
                first,
                memoryBytes,
                clock,
                orderedData,
                new LoggedImages());
    }

    /**
     * A store whose first transaction takes the place of fast commits, and has to have all that
     * they say: until it is complete, these are what is replayed; afterwards it is. {@link #close}
     * leaves the journal empty.
     *
     * @param journal with fast commits
     */
    public static JournaledStore openBehindFastCommits(
            Storage storage,
            long blocks,
            Journal journal,
            Features features,
            long memoryBytes,
            FileClock clock)
            throws FileException {
        if (journal.fastCommits().isEmpty()) {
            throw new IllegalStateException("There are no fast commits");
        }
        JournalSuperblock superblock = journal.superblock();
        superblock.setFeatures(features.isWide(), features.hasChecksums(), true);
        superblock.write();
        journal.places().storage().flush();
        return new JournaledStore(
                storage,
                blocks,
                journal,
                superblock.sequence(),
                memoryBytes,
                clock,
                () -> {},
                new LoggedImages());
    }

    private JournaledStore(
            Storage storage,
            long blocks,
            Journal journal,
            int firstSequence,
            long memoryBytes,
            FileClock clock,
            OrderedData orderedData,
            LoggedImages logged) {
        super(
                storage,
                journal.places().blockBytes(),
                blocks,
                false,
                memoryBytes / 4,
                FIRST_EPOCH + (firstSequence & 0xFFFFFFFFL),
                logged,
                orderedData);
        this.journal = journal;
        this.clock = clock;
        this.logged = logged;
        places = journal.places();
        log = new LogWriter(places, journal.superblock());
        long quarter = memoryBytes / 4 / blockBytes();
        maximumLogged = (int) Math.clamp(quarter, MINIMUM_LOGGED, Integer.MAX_VALUE);
        maximumBlocks = Math.min(log.capacity() / 4, maximumLogged);
    }

    /** How many blocks a transaction changes at most. */
    @Override
    public int maximumBlocks() {
        return maximumBlocks;
    }

    @Override
    protected void write(Snapshot transaction) throws FileException {
        int needed = log.blocks(transaction);
        int loggedThen = logged.count() + transaction.images().size();
        if (needed > log.free() || loggedThen > maximumLogged && logged.count() > 0) {
            checkpoint((int) transaction.number());
        } else if (journal.superblock().start() == 0) {
            writeSuperblock(log.head(), (int) transaction.number());
        }
        log.write(transaction);
        flushAll();
        log.writeCommit(transaction, clock.nanos());
        places.storage().flush();
        logged.add(transaction);
    }

    /** Of the data and of the log, which may be on different disks. */
    private void flushAll() throws FileException {
        if (places.storage() != storage()) {
            storage().flush();
        }
        places.storage().flush();
    }

    /**
     * Writes all logged blocks to their places and empties the log.
     *
     * @param sequence of the next transaction
     */
    private void checkpoint(int sequence) throws FileException {
        writeHome();
        writeSuperblock(log.head(), sequence);
        places.storage().flush();
        log.freeAll();
        logged.clear();
    }

    private void writeHome() throws FileException {
        int blockBytes = blockBytes();
        WriteBatch batch = new WriteBatch((long) logged.count() * blockBytes);
        for (LoggedImages.Image image : logged.all()) {
            if (!batch.hasRoom(blockBytes)) {
                batch.write(storage());
            }
            batch.add(image.block() * blockBytes, image.bytes(), 0, blockBytes);
        }
        batch.write(storage());
        storage().flush();
    }

    private void writeSuperblock(int start, int sequence) throws FileException {
        synchronized (journal) {
            journal.superblock().setLog(start, sequence);
            journal.superblock().write();
        }
    }

    /** The journal says so, so that the file system is checked. */
    @Override
    protected void failed(FileException reason) {
        try {
            synchronized (journal) {
                journal.superblock().setError(-Errno.EIO.number());
                journal.superblock().write();
            }
            places.storage().flush();
        } catch (FileException e) {
            // The disk that has failed may not take this either.
        }
    }

    @Override
    public void close() throws FileException {
        if (isReadOnly()) {
            return;
        }
        commit(transaction());
        exclusively(() -> {
            if (journal.superblock().start() != 0) {
                writeHome();
                writeSuperblock(0, (int) transaction());
                places.storage().flush();
                log.freeAll();
                logged.clear();
            }
        });
    }
}
