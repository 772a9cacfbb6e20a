package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.FileKind;

/**
 * What a server knows a file by (9P2000, intro(5)).
 *
 * @param type a set of the bits below
 * @param path a number that no other file has at the same time
 */
record Qid(int type, long path) {
    static final int BYTES = 13;

    private static final int DIRECTORY = 0x80;
    private static final int SYMBOLIC_LINK = 0x02;

    boolean isDirectory() {
        return (type & DIRECTORY) != 0;
    }

    /** What it is for sure; of others, a qid does not say. */
    FileKind kind() {
        if (isDirectory()) {
            return FileKind.DIRECTORY;
        }
        return isSymbolicLink() ? FileKind.SYMBOLIC_LINK : null;
    }

    boolean isSymbolicLink() {
        return (type & SYMBOLIC_LINK) != 0;
    }
}
