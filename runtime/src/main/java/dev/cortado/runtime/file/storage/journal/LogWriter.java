package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.WriteBatch;
import dev.cortado.runtime.file.storage.journal.DescriptorBlock.Tag;
import dev.cortado.runtime.file.storage.transaction.Snapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes transactions to the log, one behind the other. For one thread at a time. */
final class LogWriter {
    private final JournalBlocks places;
    private final JournalSuperblock superblock;
    private final int blockBytes;
    private final DescriptorBlock descriptors;
    private final RevokeBlock revokes;

    /** Null if there are none. */
    private final JournalChecksums checksums;

    /** The next block to be written. */
    private int head;

    /** How many blocks before that may not be written over. */
    private int used;

    LogWriter(JournalBlocks places, JournalSuperblock superblock) {
        this.places = places;
        this.superblock = superblock;
        blockBytes = places.blockBytes();
        descriptors = new DescriptorBlock(superblock, blockBytes);
        revokes = new RevokeBlock(superblock, blockBytes);
        checksums = superblock.hasChecksums() ? new JournalChecksums(superblock.uuid()) : null;
        head = superblock.first();
    }

    int head() {
        return head;
    }

    /** Blocks of the log. */
    int capacity() {
        return superblock.end() - superblock.first();
    }

    /** How many blocks may be written. */
    int free() {
        return capacity() - used;
    }

    /** All that was written is in its place. */
    void freeAll() {
        used = 0;
    }

    /** How many blocks of the log a transaction takes. */
    int blocks(Snapshot transaction) {
        int images = transaction.images().size();
        int revoked = transaction.revoked().size();
        return images
                + Math.ceilDiv(images, descriptors.capacity())
                + Math.ceilDiv(revoked, revokes.capacity())
                + 1;
    }

    /** Writes all of a transaction but its commit block. */
    void write(Snapshot transaction) throws FileException {
        WriteBatch batch = new WriteBatch((long) blocks(transaction) * blockBytes);
        int sequence = (int) transaction.number();
        Iterator<Map.Entry<Long, ByteBuffer>> images = transaction.images().entrySet().iterator();
        while (images.hasNext()) {
            writeImages(batch, sequence, images);
        }
        Iterator<Long> revoked = transaction.revoked().iterator();
        while (revoked.hasNext()) {
            ByteBuffer block = header(JournalFormat.REVOKE, sequence);
            revokes.write(block, revoked);
            add(batch, withTail(block));
        }
        batch.write(places.storage());
    }

    /** A descriptor block and the blocks that it describes. */
    private void writeImages(
            WriteBatch batch, int sequence, Iterator<Map.Entry<Long, ByteBuffer>> images)
            throws FileException {
        List<Tag> tags = new ArrayList<>();
        List<ByteBuffer> blocks = new ArrayList<>();
        while (images.hasNext() && tags.size() < descriptors.capacity()) {
            Map.Entry<Long, ByteBuffer> image = images.next();
            ByteBuffer bytes = image.getValue();
            boolean isEscaped = bytes.getInt(0) == JournalFormat.MAGIC;
            ByteBuffer block = isEscaped ? escaped(bytes) : bytes;
            int checksum = checksums == null ? 0 : checksums.ofData(sequence, block, 0, blockBytes);
            tags.add(new Tag(image.getKey(), isEscaped, checksum));
            blocks.add(block);
        }
        ByteBuffer descriptor = header(JournalFormat.DESCRIPTOR, sequence);
        descriptors.write(descriptor, tags, superblock.uuid());
        add(batch, withTail(descriptor));
        for (ByteBuffer block : blocks) {
            add(batch, block);
        }
    }

    private ByteBuffer escaped(ByteBuffer bytes) {
        return ByteBuffer.allocate(blockBytes).put(0, bytes, 0, blockBytes).putInt(0, 0);
    }

    private ByteBuffer header(int kind, int sequence) {
        return ByteBuffer.allocate(blockBytes)
                .putInt(JournalFormat.MAGIC_AT, JournalFormat.MAGIC)
                .putInt(JournalFormat.KIND_AT, kind)
                .putInt(JournalFormat.SEQUENCE_AT, sequence);
    }

    private ByteBuffer withTail(ByteBuffer block) {
        if (checksums != null) {
            checksums.put(block, blockBytes - JournalFormat.TAIL_BYTES);
        }
        return block;
    }

    private void add(WriteBatch batch, ByteBuffer block) throws FileException {
        if (!batch.hasRoom(blockBytes)) {
            batch.write(places.storage());
        }
        batch.add(places.position(head), block, 0, blockBytes);
        head = head + 1 == superblock.end() ? superblock.first() : head + 1;
        used++;
    }

    /** Writes a transaction's commit block, when all the rest of it is on the disk. */
    void writeCommit(Snapshot transaction, long nanos) throws FileException {
        ByteBuffer block = header(JournalFormat.COMMIT, (int) transaction.number());
        CommitBlock.write(block, nanos, checksums);
        WriteBatch batch = new WriteBatch(blockBytes);
        add(batch, block);
        batch.write(places.storage());
    }
}
