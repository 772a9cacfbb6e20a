package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.FileException;
import java.util.HashMap;
import java.util.Map;

/** The files that somebody has retained. */
final class HeldFiles {
    private final Handles handles;
    private final Map<Long, HeldFile> files = new HashMap<>();

    HeldFiles(Handles handles) {
        this.handles = handles;
    }

    /** What is done with a file's handle. */
    @FunctionalInterface
    interface Call<T> {
        /**
         * @param inode whose way has led to it, perhaps another one of the same file
         */
        T with(FolderInode inode, Handle handle) throws FileException;
    }

    /**
     * Does something with a file's handle. If its way leads there no more, and somebody has
     * retained the file, it goes by that one's. An old handle is looked at before.
     */
    <T> T with(FolderInode inode, Call<T> call) throws FileException {
        HeldFile known = inode.isOld() ? share(inode) : null;
        if (known != null) {
            return with(inode, known, inode, call);
        }
        Handle handle;
        try {
            handle = handles.pin(inode);
        } catch (FileException e) {
            HeldFile file = Ways.isGone(e) ? share(inode) : null;
            if (file == null) {
                throw e;
            }
            return with(inode, file, null, call);
        }
        try {
            return call.with(inode, handle);
        } finally {
            handles.unpin(inode);
        }
    }

    private <T> T with(FolderInode inode, HeldFile file, FolderInode first, Call<T> call)
            throws FileException {
        try {
            FolderInode by = file.reachable(first);
            return handles.with(by, handle -> call.with(by, handle));
        } finally {
            letGo(inode);
        }
    }

    /** A file as {@link #hold} gives it, if somebody has retained it; else null. */
    private synchronized HeldFile share(FolderInode inode) {
        HeldFile file = files.get(inode.number());
        if (file != null) {
            add(inode, file, 1);
        }
        return file;
    }

    /** As above, for who has just found it. */
    HeldFile holdIfRetained(FolderInode inode) {
        HeldFile file = share(inode);
        if (file != null) {
            file.found(inode);
        }
        return file;
    }

    synchronized boolean isEmpty() {
        return files.isEmpty();
    }

    /**
     * Retains a file until {@link #letGo} was called as often.
     *
     * @throws FileException ENOENT if it is gone
     */
    HeldFile hold(FolderInode inode) throws FileException {
        HeldFile file = holdIfRetained(inode);
        if (file != null) {
            return file;
        }
        HeldFile made = new HeldFile(inode, handles);
        boolean isKept = false;
        try {
            made.begin();
            synchronized (this) {
                file = files.putIfAbsent(inode.number(), made);
                isKept = file == null;
                file = isKept ? made : file;
                add(inode, file, 1);
            }
            return file;
        } finally {
            if (!isKept) {
                made.end();
            }
        }
    }

    private static void add(FolderInode inode, HeldFile file, int difference) {
        inode.addHolders(difference);
        file.addHolders(difference);
    }

    void letGo(FolderInode inode) {
        HeldFile last = null;
        synchronized (this) {
            HeldFile file = files.get(inode.number());
            if (file == null) {
                throw new IllegalStateException("file " + inode.number() + " is not retained");
            }
            add(inode, file, -1);
            if (file.holders() == 0) {
                last = files.remove(inode.number());
            }
        }
        if (last != null) {
            last.end();
        }
    }
}
