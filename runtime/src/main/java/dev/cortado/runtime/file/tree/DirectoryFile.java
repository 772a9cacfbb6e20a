package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import java.nio.ByteBuffer;

/** An open directory. Its position is a cookie: one may go back to where one was. */
final class DirectoryFile extends TreeFile {
    DirectoryFile(Description description, FileLocks locks) {
        super(description, locks);
    }

    @Override
    public OpenFile duplicate() throws FileException {
        enter();
        try {
            description().duplicate();
            return new DirectoryFile(description(), allLocks());
        } finally {
            leave();
        }
    }

    @Override
    public DirectoryEntry nextEntry() throws FileException {
        enter();
        try {
            DirectoryEntry[] found = new DirectoryEntry[1];
            description()
                    .move(cookie -> {
                        found[0] =
                                description().fileSystem().nextEntry(description().inode(), cookie);
                        return found[0] == null ? cookie : found[0].cookie();
                    });
            return found[0];
        } finally {
            leave();
        }
    }

    @Override
    public void rewind() throws FileException {
        enter();
        try {
            description().move(cookie -> DirectoryEntry.START);
        } finally {
            leave();
        }
    }

    @Override
    public void seek(long position) throws FileException {
        enter();
        try {
            if (position < DirectoryEntry.START) {
                throw new FileException(Errno.EINVAL);
            }
            description().move(cookie -> position);
        } finally {
            leave();
        }
    }

    /** It has entries, but no bytes. */
    @Override
    public long available() throws FileException {
        enter();
        leave();
        return 0;
    }

    @Override
    public int read(ByteBuffer to) throws FileException {
        throw new FileException(Errno.EISDIR);
    }

    @Override
    public int readAt(long position, ByteBuffer to) throws FileException {
        throw new FileException(position < 0 ? Errno.EINVAL : Errno.EISDIR);
    }

    /** A directory cannot be opened for writing. */
    @Override
    public int write(ByteBuffer from) throws FileException {
        throw new FileException(Errno.EBADF);
    }

    @Override
    public int writeAt(long position, ByteBuffer from) throws FileException {
        throw new FileException(position < 0 ? Errno.EINVAL : Errno.EBADF);
    }
}
