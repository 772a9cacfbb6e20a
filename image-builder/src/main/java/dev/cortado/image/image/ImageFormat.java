package dev.cortado.image.image;

/** What kind of file an image is. */
public enum ImageFormat {
    /** An ELF executable, which a hypervisor loads. */
    ELF("elf64-x86_64"),

    /** A disk with an ELF executable on it, which firmware boots. */
    DISK("disk"),

    /** What loaders of Linux load, with an ELF executable in it. */
    BZIMAGE("bzimage");

    private final String word;

    ImageFormat(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
