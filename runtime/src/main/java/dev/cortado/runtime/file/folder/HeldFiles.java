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

    /** A file as {@link #hold} gives it, if somebody has retained it; else null. */
    synchronized HeldFile holdIfRetained(FolderInode inode) {
        HeldFile file = files.get(inode.number());
        if (file != null) {
            file.addHolders(1);
        }
        return file;
    }

    /**
     * Of a file that somebody has retained, the one by whose handle the server knows it whatever
     * its name is; else the same.
     */
    synchronized FolderInode known(FolderInode inode) {
        HeldFile file = files.get(inode.number());
        return file == null ? inode : file.inode();
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
                file.addHolders(1);
            }
            return file;
        } finally {
            if (!isKept) {
                made.end();
            }
        }
    }

    void letGo(FolderInode inode) {
        HeldFile last = null;
        synchronized (this) {
            HeldFile file = files.get(inode.number());
            if (file == null) {
                throw new IllegalStateException("file " + inode.number() + " is not retained");
            }
            file.addHolders(-1);
            if (file.holders() == 0) {
                last = files.remove(inode.number());
            }
        }
        if (last != null) {
            last.end();
        }
    }
}
