package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The ways to a file that somebody has retained. There are servers that know a file by its name, of
 * which they do not hear when the host gives it another one: then the way that it was found by
 * leads nowhere, or to what has come in its place, and the one by which another was found leads on.
 */
final class Ways {
    private final Handles handles;

    /** The one by whose way the server is asked; pinned. */
    private final AtomicReference<FolderInode> asked;

    /** Another one by whose way the file was found last; null if there is none. */
    private volatile FolderInode other;

    Ways(FolderInode inode, Handles handles) {
        asked = new AtomicReference<>(inode);
        this.handles = handles;
    }

    FolderInode asked() {
        return asked.get();
    }

    /** Somebody has found the file, perhaps by another way. */
    void found(FolderInode inode) {
        if (inode != asked.get()) {
            other = inode;
        }
    }

    /**
     * One by whose way the server finds the file now.
     *
     * @param first is tried first, if it is not null
     * @param look throws ESTALE if a handle is another file's
     * @throws FileException ESTALE if another file was found, ENOENT if none was
     */
    FolderInode reachable(FolderInode first, Handles.Call<?> look) throws FileException {
        boolean isAnother = false;
        List<FolderInode> failed = new ArrayList<>();
        for (FolderInode each : new FolderInode[] {first, asked.get(), other}) {
            if (each == null || failed.stream().anyMatch(before -> before == each)) {
                continue;
            }
            try {
                handles.with(each, look);
                if (!failed.isEmpty()) {
                    ask(each);
                }
                return each;
            } catch (FileException e) {
                if (!isGone(e)) {
                    throw e;
                }
                isAnother |= e.errno() == Errno.ESTALE;
                failed.add(each);
            }
        }
        throw new FileException(isAnother ? Errno.ESTALE : Errno.ENOENT);
    }

    private void ask(FolderInode inode) throws FileException {
        if (inode != asked.get()) {
            handles.pin(inode);
            handles.unpin(asked.getAndSet(inode));
        }
    }

    /** Whether an error says that a way leads to the file no more. */
    static boolean isGone(FileException error) {
        return switch (error.errno()) {
            case ENOENT, ENOTDIR, ESTALE -> true;
            default -> false;
        };
    }
}
