package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;

/** Checksums v2 and v3 of blocks of a journal, which begin with its UUID. */
final class JournalChecksums {
    private final int seed;

    JournalChecksums(byte[] uuid) {
        seed = Crc32c.update(~0, ByteBuffer.wrap(uuid), 0, uuid.length);
    }

    /** Of a logged block as it is in the journal. */
    int ofData(int sequence, ByteBuffer block, int offset, int length) {
        int sum = Crc32c.update(seed, Integer.reverseBytes(sequence));
        return Crc32c.update(sum, block, offset, length);
    }

    /** Of a block of the journal's own, which keeps it at a place that counts as zero. */
    int ofBlock(ByteBuffer block, int checksumAt) {
        int sum = Crc32c.update(seed, block, 0, checksumAt);
        sum = Crc32c.update(sum, 0);
        int behind = checksumAt + Integer.BYTES;
        return Crc32c.update(sum, block, behind, block.capacity() - behind);
    }

    boolean isGood(ByteBuffer block, int checksumAt) {
        return block.getInt(checksumAt) == ofBlock(block, checksumAt);
    }

    void put(ByteBuffer block, int checksumAt) {
        block.putInt(checksumAt, ofBlock(block, checksumAt));
    }
}
