package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * The first block of an empty journal (Linux, Documentation/filesystems/ext4, "Journal (jbd2)").
 * What lies in the others does not matter: transactions begin with a number that follows from the
 * file system's own, and all blocks have checksums over that, so that no old one is taken for one
 * of this journal.
 */
final class NewJournal {
    private static final int MAGIC = 0xC03B3998;
    private static final int SUPERBLOCK_VERSION_2 = 4;
    private static final int BLOCK_TYPE = 0x4;
    private static final int BLOCK_SIZE = 0xC;
    private static final int BLOCKS = 0x10;
    private static final int FIRST_BLOCK = 0x14;
    private static final int FIRST_TRANSACTION = 0x18;
    private static final int INCOMPATIBLE = 0x28;
    private static final int UUID_FIELD = 0x30;
    private static final int USERS = 0x40;
    private static final int CHECKSUM_TYPE = 0x50;
    private static final int CHECKSUM = 0xFC;
    private static final int BYTES = 1024;

    private static final int WITH_64_BITS = 0x2;
    private static final int WITH_CHECKSUMS_OF_VERSION_3 = 0x10;
    private static final int CRC32C = 4;

    /** Numbers of transactions go around; that leaves some before they do. */
    private static final int TRANSACTION_BITS = 30;

    private NewJournal() {}

    static void fill(ByteBuffer block, long blocks, UUID uuid) {
        ByteBuffer bytes = block.duplicate().order(ByteOrder.BIG_ENDIAN);
        bytes.putInt(0, MAGIC);
        bytes.putInt(BLOCK_TYPE, SUPERBLOCK_VERSION_2);
        bytes.putInt(BLOCK_SIZE, block.capacity());
        bytes.putInt(BLOCKS, (int) blocks);
        bytes.putInt(FIRST_BLOCK, 1);
        int first = (int) uuid.getLeastSignificantBits() >>> Integer.SIZE - TRANSACTION_BITS;
        bytes.putInt(FIRST_TRANSACTION, first + 1);
        bytes.putInt(INCOMPATIBLE, WITH_64_BITS | WITH_CHECKSUMS_OF_VERSION_3);
        bytes.putLong(UUID_FIELD, uuid.getMostSignificantBits());
        bytes.putLong(UUID_FIELD + Long.BYTES, uuid.getLeastSignificantBits());
        bytes.putInt(USERS, 1);
        bytes.put(CHECKSUM_TYPE, (byte) CRC32C);
        bytes.putInt(CHECKSUM, Crc32c.update(-1, bytes, 0, BYTES));
    }
}
