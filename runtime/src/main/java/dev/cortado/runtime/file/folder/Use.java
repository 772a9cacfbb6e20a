package dev.cortado.runtime.file.folder;

/** What a file is open for, and Linux's flags for that (asm-generic/fcntl.h, in octal digits). */
public enum Use {
    READ(00),
    WRITE(01),
    APPEND(01 | 02000);

    private final int flags;

    Use(int flags) {
        this.flags = flags;
    }

    public int flags() {
        return flags;
    }
}
