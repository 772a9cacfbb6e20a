package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.map.MapRoot;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The part of an inode that its map begins with. */
record InodeMapRoot(InodeTable table, long number, int checksumSeed, boolean hasExtents)
        implements MapRoot {
    @Override
    public ByteBuffer blocks() throws FileException {
        InodeRecord record = table.read(number);
        return record.bytes()
                .slice(record.mapOffset(), InodeRecord.MAP_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void setBlocks(Change change, ByteBuffer bytes) throws FileException {
        InodeRecord record = table.modify(change, number);
        record.bytes().put(record.mapOffset(), bytes, 0, InodeRecord.MAP_BYTES);
        record.seal();
    }

    @Override
    public void addBlocks(Change change, long count) throws FileException {
        InodeRecord record = table.modify(change, number);
        record.addBlocks(count);
        record.seal();
    }
}
