package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.RangeLocks;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An open file of a file system: what directories, regular files and devices have in common. Any of
 * them can be locked (fcntl_locking(2)).
 */
abstract class TreeFile extends OpenFile {
    private final Description description;
    private final FileLocks allLocks;
    private final AtomicReference<RangeLocks> heldLocks = new AtomicReference<>();

    TreeFile(Description description, FileLocks allLocks) {
        this.description = description;
        this.allLocks = allLocks;
    }

    final Description description() {
        return description;
    }

    final FileLocks allLocks() {
        return allLocks;
    }

    final Location location() {
        return description.location();
    }

    @Override
    public long position() throws FileException {
        enter();
        try {
            return description.position();
        } finally {
            leave();
        }
    }

    @Override
    public final Attributes attributes() throws FileException {
        enter();
        try {
            return description
                    .fileSystem()
                    .attributes(description.inode())
                    .onDevice(location().mount().device());
        } finally {
            leave();
        }
    }

    @Override
    public final void setAttributes(AttributeChange change) throws FileException {
        enter();
        try {
            location().requireWritable();
            description.fileSystem().setAttributes(description.inode(), change);
            description.changed();
        } finally {
            leave();
        }
    }

    @Override
    public void sync(boolean onlyData) throws FileException {
        enter();
        try {
            description.contents().sync(description.inode(), onlyData);
        } finally {
            leave();
        }
    }

    @Override
    public final byte[] extendedAttribute(byte[] name) throws FileException {
        enter();
        try {
            return description.fileSystem().extendedAttribute(description.inode(), name);
        } finally {
            leave();
        }
    }

    @Override
    public final void setExtendedAttribute(byte[] name, byte[] value) throws FileException {
        enter();
        try {
            location().requireWritable();
            description.fileSystem().setExtendedAttribute(description.inode(), name, value);
            description.changed();
        } finally {
            leave();
        }
    }

    @Override
    public final byte[][] extendedAttributes() throws FileException {
        enter();
        try {
            return description.fileSystem().extendedAttributes(description.inode());
        } finally {
            leave();
        }
    }

    @Override
    public final boolean lock(long position, long length, boolean exclusive, boolean waiting)
            throws FileException {
        enter();
        try {
            if (exclusive) {
                description.requireWriting();
            } else {
                description.requireReading();
            }
            OpenFile waiter = waiting ? this : null;
            return locks().lock(FileLocks.PROCESS, position, length, exclusive, waiter);
        } finally {
            leave();
        }
    }

    @Override
    public final void unlock(long position, long length) throws FileException {
        enter();
        try {
            locks().unlock(FileLocks.PROCESS, position, length);
        } finally {
            leave();
        }
    }

    private RangeLocks locks() {
        RangeLocks held = heldLocks.get();
        if (held != null) {
            return held;
        }
        RangeLocks locks = allLocks.hold(location());
        if (!heldLocks.compareAndSet(null, locks)) {
            allLocks.letGo(location());
        }
        return locks;
    }

    @Override
    protected void wake() {
        RangeLocks held = heldLocks.get();
        if (held != null) {
            held.wake();
        }
    }

    @Override
    protected void release() {
        allLocks.closed(location());
        if (heldLocks.get() != null) {
            allLocks.letGo(location());
        }
        description.release();
    }
}
