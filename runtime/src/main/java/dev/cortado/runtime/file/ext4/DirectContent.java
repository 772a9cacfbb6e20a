package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/**
 * Reads and writes regular files past the cache (open(2), O_DIRECT). Who writes over blocks that
 * the file has does so beside others: the disk gets many requests at a time.
 */
final class DirectContent {
    private final Volume volume;
    private final Content content;

    DirectContent(Volume volume, Content content) {
        this.volume = volume;
        this.content = content;
    }

    /** As {@link dev.cortado.runtime.file.FileSystem#readDirect}. */
    int read(Ext4Inode inode, long position, ByteBuffer to) throws FileException {
        inode.lock().readLock().lock();
        try {
            inode.requireThere();
            if (!inode.isInline()) {
                int count = (int) Math.clamp(inode.size() - position, 0, to.remaining());
                inode.content().readDirect(position, to.slice(to.position(), count), blocks(inode));
                to.position(to.position() + count);
                return count;
            }
        } finally {
            inode.lock().readLock().unlock();
        }
        return content.read(inode, position, to);
    }

    /** As {@link dev.cortado.runtime.file.FileSystem#writeDirect}. */
    int write(Ext4Inode inode, long position, ByteBuffer from) throws FileException {
        int length = from.remaining();
        if (length > 0 && isWrittenOver(inode, position, from)) {
            return length;
        }
        // Blocks have to be found, or zeros written: with the cache, which keeps nothing of it.
        int written = content.write(inode, position, from);
        inode.content().sync();
        inode.content().forget(position, written);
        return written;
    }

    private boolean isWrittenOver(Ext4Inode inode, long position, ByteBuffer from)
            throws FileException {
        inode.lock().readLock().lock();
        try {
            boolean isTouched = isTouched(inode);
            boolean isLonger = position > inode.size() - from.remaining();
            if (isLonger
                    || inode.isInline()
                    || !inode.content().writeDirect(position, from, blocks(inode))) {
                return false;
            }
            inode.writtenOver();
            if (!isTouched) {
                volume.change(
                        1,
                        change -> {
                            inode.stored().touch(change, true);
                            inode.changed();
                            return null;
                        });
            }
            return true;
        } finally {
            inode.lock().readLock().unlock();
        }
    }

    /** Checks that it may be written over, too; as on Linux, its times are those of before. */
    private boolean isTouched(Ext4Inode inode) throws FileException {
        return volume.read(() -> {
            volume.requireWritable();
            inode.requireUnprotected();
            return inode.stored().isTouched(true);
        });
    }

    private PlacedBlocks blocks(Ext4Inode inode) {
        return new PlacedBlocks(inode, inode.size());
    }
}
