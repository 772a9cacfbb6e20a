package dev.cortado.runtime.file.ext4.lab;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.directory.DirectoryRoot;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.map.FileMap;
import dev.cortado.runtime.file.ext4.map.MapRoot;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An inode as it is on the disk, without inline data. */
public final class TestInode implements MapRoot, DirectoryRoot {
    private final TestVolume volume;
    private final long number;

    TestInode(TestVolume volume, long number) {
        this.volume = volume;
        this.number = number;
    }

    /** Something done to a record. */
    @FunctionalInterface
    public interface Update {
        void apply(InodeRecord record) throws FileException;
    }

    public void update(Change change, Update update) throws FileException {
        InodeRecord record =
                volume.record(number, change.modify(volume.groups().inodeBlock(number)));
        update.apply(record);
        record.seal();
    }

    public InodeRecord record() {
        try {
            ByteBuffer bytes = volume.store().read(volume.groups().inodeBlock(number));
            return volume.record(number, bytes);
        } catch (FileException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public FileMap map() {
        return new FileMap(volume.groups(), volume.blocks(), this);
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int checksumSeed() {
        return record().checksumSeed();
    }

    @Override
    public boolean hasExtents() {
        return record().hasFlag(InodeFlag.EXTENTS);
    }

    @Override
    public ByteBuffer blocks() {
        InodeRecord record = record();
        ByteBuffer map = ByteBuffer.allocate(MapRoot.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return map.put(0, record.bytes(), record.mapOffset(), MapRoot.BYTES);
    }

    @Override
    public void setBlocks(Change change, ByteBuffer bytes) throws FileException {
        update(change, record -> record.bytes().put(record.mapOffset(), bytes, 0, MapRoot.BYTES));
    }

    @Override
    public void addBlocks(Change change, long count) throws FileException {
        long sectors = volume.geometry().blockBytes() / InodeRecord.SECTOR_BYTES;
        update(change, record -> record.setSectors(record.sectors() + count * sectors));
    }

    @Override
    public long size() {
        return record().size();
    }

    @Override
    public void setSize(Change change, long size) throws FileException {
        update(change, record -> record.setSize(size));
    }

    @Override
    public boolean isIndexed() {
        return record().hasFlag(InodeFlag.INDEXED);
    }

    @Override
    public void setIndexed(Change change, boolean isIndexed) throws FileException {
        update(
                change,
                record ->
                        record.setFlags(
                                isIndexed
                                        ? record.flags() | InodeFlag.INDEXED
                                        : record.flags() & ~InodeFlag.INDEXED));
    }

    @Override
    public boolean isInline() {
        return false;
    }

    @Override
    public ByteBuffer inlineBytes() {
        throw new AssertionError();
    }

    @Override
    public int inlineCapacity() {
        throw new AssertionError();
    }

    @Override
    public void setInlineBytes(Change change, ByteBuffer bytes) {
        throw new AssertionError();
    }

    @Override
    public void leaveInline(Change change) {
        throw new AssertionError();
    }
}
