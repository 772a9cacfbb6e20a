package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;

/** How {@code java.io} opens files: never directories. */
final class StreamOpening {
    /** S_IRUSR, S_IWUSR and so on (POSIX, sys/stat.h), but for the mask. */
    private static final int PERMISSIONS = 0666;

    // Bits of the mode that the constructor of RandomAccessFile gives.
    private static final int MODE_READ_WRITE = 2;
    private static final int MODE_SYNC = 4;
    private static final int MODE_DATA_SYNC = 8;

    private final GuestFiles files;

    StreamOpening(GuestFiles files) {
        this.files = files;
    }

    /** {@link OpenFlags} for the mode of a {@link java.io.RandomAccessFile}. */
    static int randomAccess(int mode) {
        if ((mode & MODE_READ_WRITE) == 0) {
            return OpenFlags.READ_ONLY;
        }
        return OpenFlags.READ_WRITE
                | OpenFlags.CREATE
                | ((mode & MODE_SYNC) != 0 ? OpenFlags.SYNC : 0)
                | ((mode & MODE_DATA_SYNC) != 0 ? OpenFlags.DATA_SYNC : 0);
    }

    /**
     * @param flags {@link OpenFlags}
     */
    void open(FileDescriptor descriptor, String path, int flags) throws FileNotFoundException {
        try {
            OpenFile file = files.tree().open(null, PathBytes.toOpen(path), flags, PERMISSIONS);
            requireNoDirectory(file);
            boolean appends = (flags & OpenFlags.APPEND) != 0;
            OpenFiles.opened(descriptor, files.add(file), appends);
        } catch (FileException e) {
            throw FileErrors.notOpened(path, e);
        }
    }

    private static void requireNoDirectory(OpenFile file) throws FileException {
        if (file.attributes().isDirectory()) {
            file.close();
            throw new FileException(Errno.EISDIR);
        }
    }
}
