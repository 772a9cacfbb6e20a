package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.attribute.AttributeRoot;
import dev.cortado.runtime.file.ext4.attribute.ExtendedAttributes;
import dev.cortado.runtime.file.ext4.directory.DirectoryRoot;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.map.FileMap;
import dev.cortado.runtime.file.ext4.map.MapRoot;
import dev.cortado.runtime.file.ext4.map.MapWalk;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An inode that is only read. */
final class CheckedInode implements MapRoot, DirectoryRoot, AttributeRoot {
    private final BlockGroups groups;
    private final BlockAllocator allocator;
    private final long number;
    private final int checksumSeed;
    private final boolean hasExtents;

    CheckedInode(BlockGroups groups, BlockAllocator allocator, InodeRecord record) {
        this.groups = groups;
        this.allocator = allocator;
        number = record.number();
        checksumSeed = record.checksumSeed();
        hasExtents = record.hasFlag(InodeFlag.EXTENTS);
    }

    void walk(MapWalk.Visitor visitor) throws FileException {
        MapWalk.walk(groups, allocator, this, visitor);
    }

    /** Reads all attributes, those in the inode and those in a block. */
    void readAttributes() throws FileException {
        new ExtendedAttributes(groups.geometry(), groups.store(), allocator, this).names();
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public InodeRecord record() throws FileException {
        return new InodeRecord(
                groups.geometry(),
                number,
                groups.store().read(groups.inodeBlock(number)),
                groups.inodeOffset(number));
    }

    @Override
    public int checksumSeed() {
        return checksumSeed;
    }

    @Override
    public boolean hasExtents() {
        return hasExtents;
    }

    @Override
    public ByteBuffer blocks() throws FileException {
        InodeRecord record = record();
        return record.bytes()
                .slice(record.mapOffset(), InodeRecord.MAP_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public FileMap map() throws FileException {
        return new FileMap(groups, allocator, this);
    }

    @Override
    public long size() throws FileException {
        return record().size();
    }

    @Override
    public boolean isIndexed() throws FileException {
        return record().hasFlag(InodeFlag.INDEXED);
    }

    @Override
    public boolean isInline() throws FileException {
        return record().hasFlag(InodeFlag.INLINE_DATA);
    }

    @Override
    public ByteBuffer inlineBytes() throws FileException {
        byte[] tail =
                new ExtendedAttributes(groups.geometry(), groups.store(), allocator, this)
                        .inlineData();
        InodeRecord record = record();
        return ByteBuffer.allocate(InodeRecord.MAP_BYTES + tail.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(0, record.bytes(), record.mapOffset(), InodeRecord.MAP_BYTES)
                .put(InodeRecord.MAP_BYTES, tail);
    }

    @Override
    public int inlineCapacity() throws FileException {
        return inlineBytes().limit();
    }

    @Override
    public long goal() {
        return groups.geometry().firstDataBlock();
    }

    @Override
    public byte[] readValue(long inode, int bytes) {
        // The names are what is checked; the value is a file, which is checked as one.
        return new byte[0];
    }

    @Override
    public void setBlocks(Change change, ByteBuffer bytes) throws FileException {
        throw readOnly();
    }

    @Override
    public void addBlocks(Change change, long count) throws FileException {
        throw readOnly();
    }

    @Override
    public void setSize(Change change, long size) throws FileException {
        throw readOnly();
    }

    @Override
    public void setIndexed(Change change, boolean isIndexed) throws FileException {
        throw readOnly();
    }

    @Override
    public void setInlineBytes(Change change, ByteBuffer bytes) throws FileException {
        throw readOnly();
    }

    @Override
    public void leaveInline(Change change) throws FileException {
        throw readOnly();
    }

    @Override
    public InodeRecord modify(Change change) throws FileException {
        throw readOnly();
    }

    @Override
    public void dropValue(Change change, long inode) throws FileException {
        throw readOnly();
    }

    private static FileException readOnly() {
        return new FileException(Errno.EROFS);
    }
}
