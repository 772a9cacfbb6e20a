package dev.cortado.runtime.file.tmpfs;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Files in memory, one of which, in the root, somebody keeps up to date: whoever looks it up finds
 * what it has to contain at that time. It is replaced, so that who has it open reads on in what he
 * has opened; watchers hear of it when somebody looks. As soon as anybody else has written it,
 * removed it or put another one in its place it is his, and is left alone for ever.
 */
public final class SuppliedFileSystem extends TmpFileSystem {
    private static final int PERMISSIONS = 0644;

    private final FileName name;
    private final FileName unfinished;
    private final Supplier<byte[]> supplier;

    /** Held while the file is replaced, and for a moment by who changes it. */
    private final ReentrantLock replacing = new ReentrantLock();

    /** The file as it was written here; null before that. */
    private volatile Inode own;

    private volatile boolean isLeft;
    private byte[] written;

    /**
     * @param other its files count together with these
     * @param name of the file that is kept up to date
     * @param supplier says what it contains, null if nothing can be said yet; it may wait, and is
     *     called without a lock
     * @throws FileException ENAMETOOLONG
     */
    public SuppliedFileSystem(TmpFileSystem other, FileName name, Supplier<byte[]> supplier)
            throws FileException {
        super(other);
        this.name = name;
        this.supplier = supplier;
        unfinished = FileName.of("." + name + ".new");
    }

    @Override
    public Inode lookup(Inode directory, FileName wanted) throws FileException {
        if (!isLeft && directory == root() && wanted.equals(name)) {
            byte[] content = supplier.get();
            if (content != null) {
                update(content);
            }
        }
        return super.lookup(directory, wanted);
    }

    private void update(byte[] content) {
        replacing.lock();
        try {
            if (found() != own) {
                isLeft = true;
            }
            if (!isLeft && !Arrays.equals(content, written)) {
                replace(content);
            }
        } finally {
            replacing.unlock();
        }
    }

    /** What has the name; null if nothing has. */
    private Inode found() {
        return ((TmpDirectory) root()).find(name);
    }

    /** Without room or memory the file stays as it was. */
    private void replace(byte[] content) {
        byte[] kept = content.clone();
        try {
            Inode made = create(root(), unfinished, PERMISSIONS);
            boolean isReplaced = false;
            try {
                ByteBuffer bytes = ByteBuffer.wrap(kept);
                while (bytes.hasRemaining()) {
                    super.write(made, kept.length - bytes.remaining(), bytes);
                }
                isReplaced = renameInPlaceOf(own, unfinished, name);
                isLeft = !isReplaced;
            } finally {
                if (!isReplaced) {
                    super.unlink(root(), unfinished);
                }
            }
            if (isReplaced) {
                own = made;
                written = kept;
            }
        } catch (FileException e) {
            // Who looks the file up gets the one that there is, or hears that there is none.
        }
    }

    /** Who removes it without having looked wants none to be there afterwards, too. */
    @Override
    public void unlink(Inode directory, FileName removed) throws FileException {
        lookup(directory, removed);
        super.unlink(directory, removed);
    }

    private void changing(Inode file) {
        if (file == own) {
            replacing.lock();
            try {
                isLeft |= file == own;
            } finally {
                replacing.unlock();
            }
        }
    }

    @Override
    public int write(Inode file, long position, ByteBuffer from) throws FileException {
        changing(file);
        return super.write(file, position, from);
    }

    @Override
    public long append(Inode file, ByteBuffer from) throws FileException {
        changing(file);
        return super.append(file, from);
    }

    @Override
    public void truncate(Inode file, long size) throws FileException {
        changing(file);
        super.truncate(file, size);
    }
}
