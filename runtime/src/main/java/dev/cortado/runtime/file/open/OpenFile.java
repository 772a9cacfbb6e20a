package dev.cortado.runtime.file.open;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.map.MappedSpace;
import dev.cortado.runtime.file.map.MappingMode;
import java.nio.ByteBuffer;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a number in the {@link OpenFileTable} stands for: a file, a directory, an end of a pipe, the
 * console, a socket. Each kind overrides what it can do; the rest fails as it does on Linux.
 *
 * <p>Any thread may {@link #close} it at any time. Who waits in it then leaves with a {@link
 * ClosedFileException}, who comes later gets EBADF, and what stands behind it is given up when the
 * last one has left. Who waits and is interrupted leaves with EINTR, its interrupted status set: a
 * caller that must not be interrupted clears that, calls again and sets it in the end.
 *
 * <p>Reading and writing move a buffer's position by the bytes moved.
 */
public abstract class OpenFile {
    /** Instead of a count: no more bytes will come. As {@code sun.nio.ch.IOStatus}. */
    public static final int END = -1;

    /** Instead of a count: it would have to wait, and is set not to. */
    public static final int UNAVAILABLE = -2;

    private final UseCount uses = new UseCount();
    private final CopyOnWriteArrayList<ReadinessListener> listeners = new CopyOnWriteArrayList<>();

    public abstract Attributes attributes() throws FileException;

    /** One more open file that shares everything with this one but being closed (POSIX, dup). */
    public abstract OpenFile duplicate() throws FileException;

    /** Gives up what stands behind it. Called once, when it is closed and nobody is in it. */
    protected abstract void release();

    /**
     * Wakes who waits in it, to see that it is closed. Takes the lock that those hold who are about
     * to wait.
     */
    protected void wake() {}

    /**
     * Reads at least a byte, waiting for it if need be and allowed.
     *
     * @return how many, 0 only if there was no room; {@link #END} or {@link #UNAVAILABLE}
     */
    public int read(ByteBuffer to) throws FileException {
        throw new FileException(Errno.EINVAL);
    }

    /**
     * Writes all bytes, waiting for room if need be and allowed.
     *
     * @return how many: less if it does not wait, or was woken; {@link #UNAVAILABLE}
     */
    public int write(ByteBuffer from) throws FileException {
        throw new FileException(Errno.EINVAL);
    }

    /** Reads from somewhere else than {@link #position}, which stays. */
    public int readAt(long position, ByteBuffer to) throws FileException {
        throw new FileException(Errno.ESPIPE);
    }

    /** Writes to somewhere else than {@link #position}, which stays. */
    public int writeAt(long position, ByteBuffer from) throws FileException {
        throw new FileException(Errno.ESPIPE);
    }

    /** Where the next byte is read or written. */
    public long position() throws FileException {
        throw new FileException(Errno.ESPIPE);
    }

    public void seek(long position) throws FileException {
        throw new FileException(Errno.ESPIPE);
    }

    public void truncate(long size) throws FileException {
        throw new FileException(Errno.EINVAL);
    }

    /** See {@link dev.cortado.runtime.file.FileSystem#nextData}. */
    public long nextData(long position) throws FileException {
        return position;
    }

    /**
     * What positions and lengths are multiples of, if bytes go past a cache (open(2), O_DIRECT).
     */
    public int transferBytes() throws FileException {
        throw new FileException(Errno.EINVAL);
    }

    /** See {@link dev.cortado.runtime.file.FileSystem#sync}. */
    public void sync(boolean onlyData) throws FileException {
        throw new FileException(Errno.EINVAL);
    }

    /**
     * Maps a part of it, see {@link MappedSpace#map}.
     *
     * @return the address
     */
    public long map(MappedSpace space, long position, long length, MappingMode mode)
            throws FileException {
        throw new FileException(Errno.ENODEV);
    }

    /** How many bytes can be read without waiting, as far as one can tell. */
    public long available() throws FileException {
        throw new FileException(Errno.ENOTTY);
    }

    public void setAttributes(AttributeChange change) throws FileException {
        throw new FileException(Errno.EINVAL);
    }

    /** A directory's next entry, null at the end. */
    public DirectoryEntry nextEntry() throws FileException {
        throw new FileException(Errno.ENOTDIR);
    }

    /** Lets {@link #nextEntry} begin again. */
    public void rewind() throws FileException {
        throw new FileException(Errno.ENOTDIR);
    }

    /**
     * Locks a range of a file for this program.
     *
     * @param length 0 means to the end, however far that will be
     * @return false if another owner has locked some of it and {@code waiting} is false
     */
    public boolean lock(long position, long length, boolean exclusive, boolean waiting)
            throws FileException {
        throw new FileException(Errno.EINVAL);
    }

    public void unlock(long position, long length) throws FileException {
        throw new FileException(Errno.EINVAL);
    }

    /** See {@link dev.cortado.runtime.file.FileSystem#extendedAttribute}. */
    public byte[] extendedAttribute(byte[] name) throws FileException {
        throw new FileException(Errno.EOPNOTSUPP);
    }

    /** See {@link dev.cortado.runtime.file.FileSystem#setExtendedAttribute}. */
    public void setExtendedAttribute(byte[] name, byte[] value) throws FileException {
        throw new FileException(Errno.EOPNOTSUPP);
    }

    /** See {@link dev.cortado.runtime.file.FileSystem#extendedAttributes}. */
    public byte[][] extendedAttributes() throws FileException {
        throw new FileException(Errno.EOPNOTSUPP);
    }

    /** Whether reading and writing wait; so it is at first. Files and directories never do. */
    public void setBlocking(boolean blocking) throws FileException {}

    /** A set of {@link PollState}'s bits. Files and directories are always ready. */
    public int pollState() {
        return isClosed() ? PollState.INVALID : PollState.READABLE | PollState.WRITABLE;
    }

    /** Tells a listener from now on; who adds one asks for the state after that. */
    public final void addListener(ReadinessListener listener) {
        listeners.add(listener);
    }

    public final void removeListener(ReadinessListener listener) {
        listeners.remove(listener);
    }

    /** Tells the listeners. Their number is the program's: no lock of the kernel may be held. */
    protected final void readinessChanged() {
        for (ReadinessListener listener : listeners) {
            listener.readinessChanged();
        }
    }

    public final boolean isClosed() {
        return uses.isClosed();
    }

    /** Closes it; the second time does nothing. */
    public final void close() {
        if (isClosed()) {
            return;
        }
        if (uses.close()) {
            release();
        }
        wake();
        readinessChanged();
    }

    /** Before each use; {@link #leave} follows it in any case. */
    protected final void enter() throws FileException {
        if (!uses.enter()) {
            throw new FileException(Errno.EBADF);
        }
    }

    protected final void leave() {
        if (uses.leave()) {
            release();
        }
    }

    /**
     * Each time before it waits, with the lock held that {@link #wake} takes, or after a look at
     * what that one counts: who is not told here is woken there.
     */
    protected final void requireOpen() throws FileException {
        if (isClosed()) {
            throw new ClosedFileException();
        }
    }
}
