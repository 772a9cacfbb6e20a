package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.FileException;

/** There is no memory for a message: the server has never heard of it. */
final class UnsentException extends FileException {
    private static final long serialVersionUID = 1;

    UnsentException(FileException why) {
        super(why.errno(), why.path());
    }
}
