package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/** A server has answered what cannot be an answer, or nothing: what it has done is not known. */
public final class BadReplyException extends FileException {
    private static final long serialVersionUID = 1;

    /**
     * @param what the protocol and what it did, for people
     */
    public BadReplyException(String what) {
        super(Errno.EIO, what);
    }
}
