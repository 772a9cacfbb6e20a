package dev.cortado.image.image;

import dev.cortado.image.elf.Elf;

/** What a guest may do with a segment; nothing is both writable and executable. */
public enum Protection {
    READ_ONLY("r--", Elf.PF_R),
    READ_EXECUTE("r-x", Elf.PF_R | Elf.PF_X),
    READ_WRITE("rw-", Elf.PF_R | Elf.PF_W);

    private final String text;
    private final int elfFlags;

    Protection(String text, int elfFlags) {
        this.text = text;
        this.elfFlags = elfFlags;
    }

    /** PF_xxx flags of a program header. */
    public int elfFlags() {
        return elfFlags;
    }

    @Override
    public String toString() {
        return text;
    }
}
