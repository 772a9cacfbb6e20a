package dev.cortado.runtime.file;

/** What a file is; the bits of S_IFMT (POSIX, sys/stat.h; the numbers are Linux's). */
public enum FileKind {
    PIPE(0010000),
    CHARACTER_DEVICE(0020000),
    DIRECTORY(0040000),
    BLOCK_DEVICE(0060000),
    REGULAR(0100000),
    SYMBOLIC_LINK(0120000),
    SOCKET(0140000);

    private final int modeBits;

    FileKind(int modeBits) {
        this.modeBits = modeBits;
    }

    public int modeBits() {
        return modeBits;
    }
}
