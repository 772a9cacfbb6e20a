package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A journal that was found: it is replayed if it is not empty, and then given to a {@link
 * JournaledStore}, or left alone.
 */
public final class Journal {
    private final JournalBlocks places;
    private final JournalSuperblock superblock;
    private List<FastCommitRecord> fastCommits = List.of();

    private Journal(JournalBlocks places, JournalSuperblock superblock) {
        this.places = places;
        this.superblock = superblock;
    }

    /**
     * What a recovery has done.
     *
     * @param transactions that were replayed
     * @param blocks that were written
     */
    public record Recovery(int transactions, int blocks) {}

    /**
     * @throws FileException EIO; EUCLEAN if there is no journal, or what it says is impossible;
     *     EOPNOTSUPP if it has features that are not known
     */
    public static Journal open(JournalBlocks places) throws FileException {
        return new Journal(places, JournalSuperblock.read(places));
    }

    /** 16 bytes. */
    public byte[] uuid() {
        return superblock.uuid();
    }

    /** Whether there is something to be replayed: transactions, or fast commits. */
    public boolean needsRecovery() {
        return superblock.start() != 0;
    }

    /**
     * The error that ended the journal when it was last in use; 0 if there was none. The file
     * system is to be checked then, as if its own superblock said so.
     */
    public int error() {
        return superblock.error();
    }

    /** Forgets the error, once the file system's superblock has it. */
    public void clearError() throws FileException {
        superblock.setError(0);
        superblock.write();
        places.storage().flush();
    }

    /**
     * Writes the blocks of all complete transactions to their places; the journal is empty then,
     * but for {@link #fastCommits}. It may be done again if it was interrupted. A last transaction
     * that is not complete never was committed, and is not replayed.
     *
     * @param home the file system's disk
     * @param homeBlocks how many blocks it has
     * @throws FileException EIO; EROFS; EUCLEAN if a transaction that was complete is damaged, and
     *     then nothing is written; EOPNOTSUPP for features of fast commits
     */
    public Recovery recover(Storage home, long homeBlocks) throws FileException {
        if (!needsRecovery()) {
            return new Recovery(0, 0);
        }
        LogScan scan = new LogScan(superblock, places, home, homeBlocks);
        scan.run();
        requireNothingLost(scan);
        fastCommits = FastCommitArea.read(superblock, places, scan.endSequence());
        replay(scan, home);
        home.flush();
        if (fastCommits.isEmpty()) {
            superblock.setLog(0, scan.endSequence() + 1);
        } else {
            // It is still theirs: a transaction of that number comes in their place.
            superblock.setLog(superblock.first(), scan.endSequence());
        }
        superblock.write();
        places.storage().flush();
        return new Recovery(scan.transactions(), scan.logged().size());
    }

    /**
     * What a recovery has found behind the transactions, in its order: its replay is up to the file
     * system, in a {@link JournaledStore#openBehindFastCommits}.
     */
    public List<FastCommitRecord> fastCommits() {
        return needsRecovery() ? fastCommits : List.of();
    }

    private void requireNothingLost(LogScan scan) throws FileException {
        int commit = LostCommits.find(superblock, places, scan);
        if (commit >= 0) {
            String defect = scan.defect() == null ? "is not there" : scan.defect();
            throw new FileException(
                    Errno.EUCLEAN,
                    "%s: journal: transaction %d: %s, but block %d commits it or a later one"
                            .formatted(
                                    places.storage().name(),
                                    scan.endSequence() & 0xFFFFFFFFL,
                                    defect,
                                    commit));
        }
    }

    private void replay(LogScan scan, Storage home) throws FileException {
        int blockBytes = places.blockBytes();
        ByteBuffer block = ByteBuffer.allocate(blockBytes);
        WriteBatch batch = new WriteBatch((long) scan.logged().size() * blockBytes);
        for (Map.Entry<Long, LoggedBlock> entry : new TreeMap<>(scan.logged()).entrySet()) {
            if (!batch.hasRoom(blockBytes)) {
                batch.write(home);
            }
            places.read(entry.getValue().journalBlock(), block.clear());
            if (entry.getValue().isEscaped()) {
                block.putInt(0, JournalFormat.MAGIC);
            }
            batch.add(entry.getKey() * blockBytes, block, 0, blockBytes);
        }
        batch.write(home);
    }

    JournalBlocks places() {
        return places;
    }

    JournalSuperblock superblock() {
        return superblock;
    }
}
