package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.map.Mapping;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;

/** Reads, writes and cuts regular files. */
final class Content {
    /** Of a write, what is done in one change at most. */
    private static final int STEP_BYTES = 1 << 20;

    /** From this size on, the superblock says that there are such files. */
    private static final long LARGE = 1L << 31;

    private final Volume volume;
    private final Eraser eraser;
    private final int blockBytes;

    Content(Volume volume, Eraser eraser) {
        this.volume = volume;
        this.eraser = eraser;
        blockBytes = volume.geometry().blockBytes();
    }

    int read(Ext4Inode inode, long position, ByteBuffer to) throws FileException {
        inode.lock().readLock().lock();
        try {
            inode.requireThere();
            int count = (int) Math.clamp(inode.size() - position, 0, to.remaining());
            if (count > 0 && inode.isInline()) {
                ByteBuffer bytes = volume.read(() -> inode.stored().inlineBytes());
                to.put(bytes.slice((int) position, count));
            } else if (count > 0) {
                ByteBuffer part = to.slice(to.position(), count);
                inode.content().read(position, part, blocks(inode));
                to.position(to.position() + count);
            }
            return count;
        } finally {
            inode.lock().readLock().unlock();
        }
    }

    int write(Ext4Inode inode, long position, ByteBuffer from) throws FileException {
        inode.lock().writeLock().lock();
        try {
            return writeLocked(inode, position, from);
        } finally {
            inode.lock().writeLock().unlock();
        }
    }

    /** Returns the position behind the last byte. */
    long append(Ext4Inode inode, ByteBuffer from) throws FileException {
        inode.lock().writeLock().lock();
        try {
            long end = inode.size();
            return end + writeLocked(inode, end, from);
        } finally {
            inode.lock().writeLock().unlock();
        }
    }

    private int writeLocked(Ext4Inode inode, long position, ByteBuffer from) throws FileException {
        boolean isAppended = position == inode.size();
        long maximum = volume.read(() -> maximumSize(inode, isAppended));
        if (!from.hasRemaining()) {
            return 0;
        }
        if (position >= maximum) {
            throw new FileException(Errno.EFBIG);
        }
        int wanted = (int) Math.min(from.remaining(), maximum - position);
        if (inode.isInline() && leaveInline(inode, position + wanted)) {
            writeInline(inode, position, from, wanted);
            return wanted;
        }
        if (position > inode.size()) {
            clearTail(inode);
        }
        int written = 0;
        while (written < wanted) {
            try {
                written += writeStep(inode, position + written, from, wanted - written);
            } catch (FileException e) {
                if (written == 0) {
                    throw e;
                }
                break;
            }
        }
        return written;
    }

    /** See {@link dev.cortado.runtime.file.FileSystem#nextData}. */
    long nextData(Ext4Inode inode, long position) throws FileException {
        inode.lock().readLock().lock();
        try {
            inode.requireThere();
            if (inode.isInline()) {
                return position;
            }
            long size = inode.size();
            long at = position;
            while (at < size) {
                long block = at / blockBytes;
                Mapping mapping = inode.mapping(block);
                if (mapping.hasBytes()) {
                    return at;
                }
                long count = Math.min(mapping.count(), size / blockBytes + 1 - block);
                at = (block + count) * blockBytes;
            }
            return at;
        } finally {
            inode.lock().readLock().unlock();
        }
    }

    /** Checks that it may be changed, too. */
    private long maximumSize(Ext4Inode inode, boolean isAppended) throws FileException {
        volume.requireWritable();
        if (isAppended) {
            inode.requireChangeable();
        } else {
            inode.requireUnprotected();
        }
        return inode.stored().maximumSize();
    }

    private PlacedBlocks blocks(Ext4Inode inode) {
        return new PlacedBlocks(inode, inode.size());
    }

    /** Writes some of the bytes, into blocks that are neighbours on the disk, in one change. */
    private int writeStep(Ext4Inode inode, long position, ByteBuffer from, int wanted)
            throws FileException {
        StoredInode stored = inode.stored();
        int length = Math.min(wanted, STEP_BYTES);
        long first = position / blockBytes;
        long last = (position + length - 1) / blockBytes;
        inode.content().prepare(position, length, blocks(inode));
        int over = writeOver(inode, position, from, length);
        if (over > 0) {
            return over;
        }
        try {
            int written =
                    volume.change(
                            () -> 2 + stored.map().creditsToAllocate(),
                            change -> {
                                Mapping mapping =
                                        stored.map().allocate(change, first, last - first + 1);
                                long room = (first + mapping.count()) * blockBytes - position;
                                int count = (int) Math.min(room, length);
                                ByteBuffer bytes = from.slice(from.position(), count);
                                put(change, inode, position, bytes, first, mapping);
                                return count;
                            });
            from.position(from.position() + written);
            return written;
        } finally {
            refresh(inode);
        }
    }

    /**
     * Writes over blocks that the file has, if nothing of its inode changes by that; 0 if it does.
     */
    private int writeOver(Ext4Inode inode, long position, ByteBuffer from, int length)
            throws FileException {
        StoredInode stored = inode.stored();
        long first = position / blockBytes;
        int written =
                volume.read(() -> {
                    if (!stored.isTouched(true) || position + length > inode.size()) {
                        return 0;
                    }
                    Mapping mapping = inode.mapping(first);
                    if (!mapping.hasBytes()) {
                        return 0;
                    }
                    // The volume may have been ended since this was asked.
                    volume.requireWritable();
                    long room = (first + mapping.count()) * blockBytes - position;
                    int count = (int) Math.min(room, length);
                    PlacedBlocks blocks = new PlacedBlocks(inode, inode.size(), first, mapping);
                    inode.content().write(position, from.slice(from.position(), count), blocks);
                    return count;
                });
        inode.writtenOver();
        from.position(from.position() + written);
        return written;
    }

    /**
     * Puts bytes into blocks and sets the size that the file has then. If that fails, nothing
     * remembers the blocks: they are not the file's when the change is undone.
     *
     * @param first of the blocks, as the file counts them
     */
    private void put(
            Change change,
            Ext4Inode inode,
            long position,
            ByteBuffer bytes,
            long first,
            Mapping mapping)
            throws FileException {
        long end = position + bytes.remaining();
        boolean isDone = false;
        try {
            PlacedBlocks blocks = new PlacedBlocks(inode, inode.size(), first, mapping);
            inode.content().write(position, bytes, blocks);
            boolean isLonger = end > inode.stored().size();
            if (isLonger) {
                setSize(change, inode.stored(), end);
            }
            inode.stored().touch(change, true);
            if (isLonger || mapping.isFresh()) {
                inode.contentChanged();
            } else {
                inode.changed();
            }
            isDone = true;
        } finally {
            if (!isDone) {
                inode.content().close();
            }
        }
    }

    private void setSize(Change change, StoredInode inode, long size) throws FileException {
        inode.setSize(change, size);
        if (size >= LARGE && !volume.superblock().features().has(Feature.LARGE_FILE)) {
            volume.superblock().setFeature(change, Feature.LARGE_FILE, true);
        }
    }

    /** Makes sure that there are zeros behind the end in the last block. */
    private void clearTail(Ext4Inode inode) throws FileException {
        if (inode.size() % blockBytes != 0) {
            inode.content().truncate(inode.size(), blocks(inode));
        }
    }

    /**
     * Gives a file whose content is in the inode blocks, if the inode has no room for a size.
     *
     * @return whether it has room, and nothing was done
     */
    private boolean leaveInline(Ext4Inode inode, long size) throws FileException {
        StoredInode stored = inode.stored();
        if (size <= volume.read(stored::inlineCapacity)) {
            return true;
        }
        try {
            volume.change(
                    2 + BlockAllocator.CREDITS,
                    change -> {
                        ByteBuffer bytes = stored.inlineBytes();
                        int length = (int) Math.min(inode.size(), bytes.capacity());
                        stored.leaveInline(change);
                        inode.contentChanged();
                        if (length > 0) {
                            Mapping mapping = stored.map().allocate(change, 0, 1);
                            put(change, inode, 0, bytes.slice(0, length), 0, mapping);
                        }
                        return null;
                    });
        } finally {
            refresh(inode);
        }
        return false;
    }

    private void writeInline(Ext4Inode inode, long position, ByteBuffer from, int count)
            throws FileException {
        setInline(
                inode,
                (int) Math.max(inode.size(), position + count),
                bytes -> bytes.put((int) position, from, from.position(), count));
        from.position(from.position() + count);
    }

    @FunctionalInterface
    private interface Edit {
        void run(ByteBuffer bytes);
    }

    private void setInline(Ext4Inode inode, int size, Edit edit) throws FileException {
        StoredInode stored = inode.stored();
        try {
            volume.change(
                    1,
                    change -> {
                        ByteBuffer before = stored.inlineBytes();
                        int kept = (int) Math.min(Math.min(inode.size(), size), before.capacity());
                        ByteBuffer bytes = ByteBuffer.allocate(size).put(0, before, 0, kept);
                        edit.run(bytes);
                        stored.setInlineContent(change, bytes.array());
                        stored.touch(change, true);
                        inode.contentChanged();
                        return null;
                    });
        } finally {
            refresh(inode);
        }
    }

    void truncate(Ext4Inode inode, long size) throws FileException {
        inode.lock().writeLock().lock();
        try {
            if (size > volume.read(() -> maximumSize(inode, false))) {
                throw new FileException(Errno.EFBIG);
            }
            if (inode.isInline() && leaveInline(inode, size)) {
                setInline(inode, (int) size, bytes -> {});
            } else if (size < inode.size()) {
                shorten(inode, size);
            } else {
                clearTail(inode);
                lengthen(inode, size);
            }
        } finally {
            inode.lock().writeLock().unlock();
        }
    }

    private void lengthen(Ext4Inode inode, long size) throws FileException {
        try {
            volume.change(
                    2,
                    change -> {
                        setSize(change, inode.stored(), size);
                        inode.stored().touch(change, true);
                        inode.contentChanged();
                        return null;
                    });
        } finally {
            refresh(inode);
        }
    }

    private void shorten(Ext4Inode inode, long size) throws FileException {
        StoredInode stored = inode.stored();
        inode.content().prepareToTruncate(size, blocks(inode));
        try {
            volume.change(
                    () -> Eraser.stepCredits(stored),
                    change -> {
                        inode.content().truncate(size, blocks(inode));
                        InodeRecord record = stored.modify(change);
                        record.setSize(size);
                        StoredInode.touch(record, volume.now(), true);
                        record.seal();
                        eraser.cut(change, stored, size);
                        inode.contentChanged();
                        return null;
                    });
        } finally {
            refresh(inode);
        }
    }

    private void refresh(Ext4Inode inode) throws FileException {
        volume.read(() -> {
            inode.refresh();
            return null;
        });
    }
}
