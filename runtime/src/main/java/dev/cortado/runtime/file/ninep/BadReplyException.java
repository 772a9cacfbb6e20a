package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/** A server has answered what cannot be an answer, or nothing: what it has done is not known. */
final class BadReplyException extends FileException {
    private static final long serialVersionUID = 1;

    /**
     * @param what it did, for people
     */
    BadReplyException(String what) {
        super(Errno.EIO, "9P: " + what);
    }
}
