package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.attribute.AttributeRoot;
import dev.cortado.runtime.file.ext4.attribute.ExtendedAttributes;
import dev.cortado.runtime.file.ext4.directory.Directory;
import dev.cortado.runtime.file.ext4.directory.DirectoryRoot;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.map.FileMap;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An inode as it is on the disk, with what hangs from it. It keeps nothing in memory that changes,
 * but for entries of a directory that were read last. With the file system's lock.
 */
final class StoredInode implements DirectoryRoot, AttributeRoot {
    private final Volume volume;
    private final long number;
    private final int checksumSeed;

    /** Null if nobody has asked for it. */
    private Directory directory;

    private StoredInode(Volume volume, long number, int checksumSeed) {
        this.volume = volume;
        this.number = number;
        this.checksumSeed = checksumSeed;
    }

    /**
     * An inode that has got its generation.
     *
     * @throws FileException EINVAL if there is no inode of that number
     */
    static StoredInode of(Volume volume, long number) throws FileException {
        return new StoredInode(volume, number, volume.table().read(number).checksumSeed());
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public InodeRecord record() throws FileException {
        return volume.table().read(number);
    }

    @Override
    public InodeRecord modify(Change change) throws FileException {
        return volume.table().modify(change, number);
    }

    @Override
    public int checksumSeed() {
        return checksumSeed;
    }

    @Override
    public FileMap map() throws FileException {
        return map(record().hasFlag(InodeFlag.EXTENTS));
    }

    private FileMap map(boolean hasExtents) {
        return new FileMap(
                volume.groups(),
                volume.blocks(),
                new InodeMapRoot(volume.table(), number, checksumSeed, hasExtents));
    }

    /** How many bytes it can have, with the map that it has or will have when it needs one. */
    long maximumSize() throws FileException {
        Geometry geometry = volume.geometry();
        if (!geometry.hasFeatures()) {
            return Integer.MAX_VALUE;
        }
        boolean isInline = isInline();
        boolean hasExtents =
                isInline ? geometry.has(Feature.EXTENT) : record().hasFlag(InodeFlag.EXTENTS);
        return map(hasExtents).limit() * geometry.blockBytes();
    }

    Directory directory() {
        if (directory == null) {
            directory = new Directory(volume.groups(), this, volume.names());
        }
        return directory;
    }

    ExtendedAttributes attributes() {
        return new ExtendedAttributes(volume.geometry(), volume.store(), volume.blocks(), this);
    }

    @Override
    public long size() throws FileException {
        long size = record().size();
        if (size < 0) {
            throw DamageException.ofInode(number, "size " + size);
        }
        return size;
    }

    @Override
    public void setSize(Change change, long size) throws FileException {
        InodeRecord record = modify(change);
        record.setSize(size);
        record.seal();
    }

    @Override
    public boolean isIndexed() throws FileException {
        return record().hasFlag(InodeFlag.INDEXED);
    }

    @Override
    public void setIndexed(Change change, boolean isIndexed) throws FileException {
        setFlag(change, InodeFlag.INDEXED, isIndexed);
    }

    private void setFlag(Change change, int flag, boolean isSet) throws FileException {
        InodeRecord record = modify(change);
        record.setFlags(isSet ? record.flags() | flag : record.flags() & ~flag);
        record.seal();
    }

    @Override
    public boolean isInline() throws FileException {
        return record().hasFlag(InodeFlag.INLINE_DATA);
    }

    /** Whether a new inode can keep its content in itself. */
    boolean canBeInline() throws FileException {
        return volume.geometry().has(Feature.INLINE_DATA) && attributes().inlineCapacity() >= 0;
    }

    @Override
    public ByteBuffer inlineBytes() throws FileException {
        byte[] tail = attributes().inlineData();
        InodeRecord record = record();
        ByteBuffer bytes =
                ByteBuffer.allocate(InodeRecord.MAP_BYTES + tail.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, record.bytes(), record.mapOffset(), InodeRecord.MAP_BYTES);
        bytes.put(InodeRecord.MAP_BYTES, tail);
        return bytes;
    }

    @Override
    public int inlineCapacity() throws FileException {
        return InodeRecord.MAP_BYTES + Math.max(attributes().inlineCapacity(), 0);
    }

    @Override
    public void setInlineBytes(Change change, ByteBuffer bytes) throws FileException {
        byte[] tail = new byte[bytes.limit() - InodeRecord.MAP_BYTES];
        bytes.get(InodeRecord.MAP_BYTES, tail);
        attributes().setInlineData(change, tail);
        InodeRecord record = modify(change);
        record.bytes().put(record.mapOffset(), bytes, 0, InodeRecord.MAP_BYTES);
        record.setSize(bytes.limit());
        record.setFlags(record.flags() | InodeFlag.INLINE_DATA);
        record.seal();
    }

    /** Keeps bytes of any number in the inode, up to {@link #inlineCapacity}. */
    void setInlineContent(Change change, byte[] content) throws FileException {
        int length = Math.max(content.length, InodeRecord.MAP_BYTES);
        setInlineBytes(change, ByteBuffer.wrap(Arrays.copyOf(content, length)));
        setSize(change, content.length);
    }

    @Override
    public void leaveInline(Change change) throws FileException {
        attributes().setInlineData(change, null);
        InodeRecord record = modify(change);
        int flags = record.flags() & ~InodeFlag.INLINE_DATA;
        boolean hasExtents = volume.geometry().has(Feature.EXTENT);
        record.setFlags(hasExtents ? flags | InodeFlag.EXTENTS : flags);
        record.setSize(0);
        record.seal();
        map().clear(change);
    }

    @Override
    public void addBlocks(Change change, long count) throws FileException {
        InodeRecord record = modify(change);
        record.addBlocks(count);
        record.seal();
    }

    @Override
    public long goal() {
        Geometry geometry = volume.geometry();
        return geometry.firstBlock(geometry.groupOfInode(number));
    }

    @Override
    public byte[] readValue(long inode, int bytes) throws FileException {
        return ValueInode.of(volume, number, inode).read(bytes);
    }

    @Override
    public void dropValue(Change change, long inode) throws FileException {
        ValueInode.of(volume, number, inode).drop(change);
    }

    /** Sets that it was changed now: its content, or else only what is in the inode. */
    void touch(Change change, boolean isContent) throws FileException {
        if (!isTouched(isContent)) {
            InodeRecord record = modify(change);
            touch(record, volume.now(), isContent);
            record.seal();
        }
    }

    /** Whether it says already that it was changed now: files have a coarse clock. */
    boolean isTouched(boolean isContent) throws FileException {
        InodeRecord record = record();
        long now = volume.now();
        return record.changed() == now && (!isContent || record.modified() == now);
    }

    static void touch(InodeRecord record, long now, boolean isContent) {
        if (isContent) {
            record.setModified(now);
        }
        record.setChanged(now);
        record.setVersion(record.version() + 1);
    }
}
