package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a server does not do what it was asked for. */
final class Failure extends IOException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    Failure(Errno errno) {
        this.errno = errno;
    }

    /** What the C library has said: the JDK has it in words. */
    static Errno errno(IOException e) {
        return switch (e) {
            case Failure failure -> failure.errno;
            case NoSuchFileException n -> Errno.ENOENT;
            case FileAlreadyExistsException n -> Errno.EEXIST;
            case AccessDeniedException n -> Errno.EACCES;
            case DirectoryNotEmptyException n -> Errno.ENOTEMPTY;
            case FileSystemException n -> of(n.getReason(), e);
            default -> of(e.getMessage(), e);
        };
    }

    private static Errno of(String words, IOException e) {
        for (Errno errno : Errno.values()) {
            if (words != null && words.startsWith(errno.message())) {
                return errno;
            }
        }
        throw new AssertionError(e);
    }
}
