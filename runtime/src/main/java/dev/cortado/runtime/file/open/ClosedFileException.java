package dev.cortado.runtime.file.open;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/** Another thread closed the file that this one waited in. */
public final class ClosedFileException extends FileException {
    private static final long serialVersionUID = 1;

    public ClosedFileException() {
        super(Errno.EBADF);
    }
}
