package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.map.MappedSpace;
import dev.cortado.runtime.file.map.MappingMode;
import dev.cortado.runtime.file.map.Uninterrupted;
import dev.cortado.runtime.file.open.OpenFile;
import java.nio.ByteBuffer;

/** An open regular file. */
final class RegularFile extends TreeFile {
    RegularFile(Description description, FileLocks locks) {
        super(description, locks);
    }

    @Override
    public OpenFile duplicate() throws FileException {
        enter();
        try {
            description().duplicate();
            return new RegularFile(description(), allLocks());
        } finally {
            leave();
        }
    }

    @Override
    public int read(ByteBuffer to) throws FileException {
        enter();
        try {
            description().requireReading();
            int before = to.position();
            description().move(position -> position + readFrom(position, to));
            return count(to.position() - before, to);
        } finally {
            leave();
        }
    }

    @Override
    public int readAt(long position, ByteBuffer to) throws FileException {
        enter();
        try {
            require(position >= 0);
            description().requireReading();
            return count(readFrom(position, to), to);
        } finally {
            leave();
        }
    }

    private int readFrom(long position, ByteBuffer to) throws FileException {
        require(position <= Long.MAX_VALUE - to.remaining());
        Description from = description();
        if (from.flags().has(OpenFlags.DIRECT)) {
            requireBlocks(position, to);
            return from.contents().readDirect(from.inode(), position, to);
        }
        return from.contents().read(from.inode(), position, to);
    }

    /** Of what goes past the cache (open(2), O_DIRECT). */
    private void requireBlocks(long position, ByteBuffer bytes) throws FileException {
        int blockBytes = transferBytes();
        require(position % blockBytes == 0 && bytes.remaining() % blockBytes == 0);
    }

    @Override
    public int transferBytes() throws FileException {
        return description().fileSystem().statistics().blockBytes();
    }

    private static int count(int count, ByteBuffer to) {
        return count == 0 && to.hasRemaining() ? END : count;
    }

    @Override
    public int write(ByteBuffer from) throws FileException {
        enter();
        try {
            description().requireWriting();
            int before = from.position();
            description().move(position -> writeTo(position, from));
            return from.position() - before;
        } finally {
            leave();
        }
    }

    /** With {@link OpenFlags#APPEND} it writes at the end, as Linux does (pwrite(2), Bugs). */
    @Override
    public int writeAt(long position, ByteBuffer from) throws FileException {
        enter();
        try {
            require(position >= 0);
            description().requireWriting();
            int before = from.position();
            writeTo(position, from);
            return from.position() - before;
        } finally {
            leave();
        }
    }

    /** Returns the position behind what it wrote. */
    private long writeTo(long position, ByteBuffer from) throws FileException {
        if (!from.hasRemaining()) {
            return position;
        }
        // Whatever the file system can keep, and also if it is written at the end.
        require(position <= Long.MAX_VALUE - from.remaining());
        Description to = description();
        long end;
        if (to.flags().has(OpenFlags.APPEND)) {
            end = to.contents().append(to.inode(), from);
        } else if (to.flags().has(OpenFlags.DIRECT)) {
            requireBlocks(position, from);
            end = position + to.contents().writeDirect(to.inode(), position, from);
        } else {
            end = position + to.contents().write(to.inode(), position, from);
        }
        to.changed();
        if (to.flags().has(OpenFlags.DATA_SYNC)) {
            // What was written already is not written again.
            Uninterrupted.call(() -> {
                to.contents().sync(to.inode(), !to.flags().has(OpenFlags.SYNC));
                return 0;
            });
        }
        return end;
    }

    @Override
    public void seek(long position) throws FileException {
        enter();
        try {
            require(position >= 0);
            if (position > Integer.MAX_VALUE) {
                require(position <= description().fileSystem().maximumSize(description().inode()));
            }
            description().move(old -> position);
        } finally {
            leave();
        }
    }

    @Override
    public long nextData(long position) throws FileException {
        enter();
        try {
            require(position >= 0);
            return description().fileSystem().nextData(description().inode(), position);
        } finally {
            leave();
        }
    }

    @Override
    public void truncate(long size) throws FileException {
        enter();
        try {
            require(size >= 0 && description().flags().writes());
            description().contents().truncate(description().inode(), size);
            description().changed();
        } finally {
            leave();
        }
    }

    /** To map a file it has to be open for reading, whatever the mode (mmap(2), EACCES). */
    @Override
    public long map(MappedSpace space, long position, long length, MappingMode mode)
            throws FileException {
        enter();
        try {
            OpenFlags flags = description().flags();
            boolean isShared = mode == MappingMode.READ_WRITE;
            if (!flags.reads() || isShared && !flags.writes()) {
                throw new FileException(Errno.EACCES);
            }
            return space.map(
                    description().contents(), description().inode(), position, length, mode);
        } finally {
            leave();
        }
    }

    @Override
    public long available() throws FileException {
        return Math.max(attributes().size() - position(), 0);
    }

    private static void require(boolean condition) throws FileException {
        if (!condition) {
            throw new FileException(Errno.EINVAL);
        }
    }
}
