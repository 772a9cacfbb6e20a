package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/**
 * Tells a transaction that was being written when the machine ended from one that was complete and
 * has been damaged since: behind the latter there are commit blocks.
 */
final class LostCommits {
    private LostCommits() {}

    /**
     * Looks through the whole log for a commit block that shows that a transaction was complete: a
     * later one, or its own, which is written when all the rest is on the disk, but for a journal
     * whose commits do not wait. Whatever else is in the log, of earlier rounds or from before the
     * journal was made, is not taken for one.
     *
     * @return the number of the block; -1 if there is none
     */
    static int find(JournalSuperblock superblock, JournalBlocks places, LogScan scan)
            throws FileException {
        JournalChecksums checksums =
                superblock.hasChecksums() ? new JournalChecksums(superblock.uuid()) : null;
        if (checksums == null && scan.defect() == null) {
            return -1;
        }
        JournalReader reader = new JournalReader(places);
        int leastAhead = superblock.has(JournalFormat.ASYNCHRONOUS_COMMIT) ? 1 : 0;
        int logBlocks = superblock.end() - superblock.first();
        for (int at = superblock.first(); at < superblock.end(); at++) {
            ByteBuffer block = reader.read(at);
            int ahead = block.getInt(JournalFormat.SEQUENCE_AT) - scan.endSequence();
            if (block.getInt(JournalFormat.MAGIC_AT) == JournalFormat.MAGIC
                    && block.getInt(JournalFormat.KIND_AT) == JournalFormat.COMMIT
                    && ahead >= leastAhead
                    && ahead < logBlocks
                    && CommitBlock.seconds(block) >= scan.lastSeconds()
                    && (checksums == null || CommitBlock.isGood(block, checksums))) {
                return at;
            }
        }
        return -1;
    }
}
