package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Fast commits made by hand (Linux, fs/ext4/fast_commit.h), in blocks of a journal. */
public final class FastCommitBytes {
    private static final int ADD_RANGE = 1;
    private static final int DELETE_RANGE = 2;
    private static final int CREATE = 3;
    private static final int LINK = 4;
    private static final int UNLINK = 5;
    private static final int INODE = 6;
    private static final int PAD = 7;
    private static final int TAIL = 8;
    private static final int HEAD = 9;

    private final int blockBytes;
    private final int transaction;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private ByteBuffer block;
    private int checksum;

    /** Begins with a head. */
    public FastCommitBytes(int blockBytes, int transaction, int features) {
        this.blockBytes = blockBytes;
        this.transaction = transaction;
        nextBlock();
        add(HEAD, value(8).putInt(0, features).putInt(4, transaction));
    }

    private void nextBlock() {
        block = ByteBuffer.allocate(blockBytes).order(ByteOrder.LITTLE_ENDIAN);
        blocks.add(block);
    }

    private static ByteBuffer value(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Anything; what does not fit into a block comes into the next one. */
    public FastCommitBytes add(int tag, ByteBuffer value) {
        if (block.remaining() < 4 + value.capacity() + 8) {
            if (block.remaining() >= 4) {
                put(PAD, value(block.remaining() - 4));
            }
            nextBlock();
        }
        put(tag, value);
        return this;
    }

    private void put(int tag, ByteBuffer value) {
        int at = block.position();
        block.putShort((short) tag)
                .putShort((short) value.capacity())
                .put(value.duplicate().clear());
        checksum = Crc32c.update(checksum, block, at, 4 + value.capacity());
    }

    public FastCommitBytes range(long inode, long from, int count, long place, boolean unwritten) {
        ByteBuffer value = value(16).putInt(0, (int) inode).putInt(4, (int) from);
        value.putShort(8, (short) (unwritten ? count + 32768 : count));
        value.putShort(10, (short) (place >>> 32)).putInt(12, (int) place);
        return add(ADD_RANGE, value);
    }

    public FastCommitBytes noRange(long inode, long from, long count) {
        return add(
                DELETE_RANGE,
                value(12).putInt(0, (int) inode).putInt(4, (int) from).putInt(8, (int) count));
    }

    public FastCommitBytes create(long directory, long inode, String name) {
        return add(CREATE, name(directory, inode, name));
    }

    public FastCommitBytes link(long directory, long inode, String name) {
        return add(LINK, name(directory, inode, name));
    }

    public FastCommitBytes unlink(long directory, long inode, String name) {
        return add(UNLINK, name(directory, inode, name));
    }

    private static ByteBuffer name(long directory, long inode, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = value(8 + bytes.length);
        return value.putInt(0, (int) directory).putInt(4, (int) inode).put(8, bytes);
    }

    public FastCommitBytes inode(long inode, byte[] bytes) {
        return add(INODE, value(4 + bytes.length).putInt(0, (int) inode).put(4, bytes));
    }

    /** Ends a commit, and its block. */
    public FastCommitBytes tail() {
        return tail(transaction, 0);
    }

    /** As {@link #tail}, of any transaction and with a checksum that may be wrong. */
    public FastCommitBytes tail(int ofTransaction, int error) {
        if (block.remaining() < 12) {
            nextBlock();
        }
        int at = block.position();
        block.putShort((short) TAIL).putShort((short) (block.remaining() - 2));
        block.putInt(ofTransaction);
        checksum = Crc32c.update(checksum, block, at, 8);
        block.putInt(checksum ^ error);
        checksum = 0;
        nextBlock();
        return this;
    }

    /** How many bytes there are. */
    public byte[] bytes() {
        ByteBuffer all = ByteBuffer.allocate(blocks.size() * blockBytes);
        blocks.forEach(each -> all.put(each.duplicate().clear()));
        return all.array();
    }
}
