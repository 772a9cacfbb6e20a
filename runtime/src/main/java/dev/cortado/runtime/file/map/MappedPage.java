package dev.cortado.runtime.file.map;

/** A page of a file that is in memory; guarded by its file's lock. */
final class MappedPage {
    private final MappedFile file;
    private final long number;
    private final long frame;
    private boolean isDirty;

    /**
     * @param number from the file's beginning, in pages
     */
    MappedPage(MappedFile file, long number, long frame) {
        this.file = file;
        this.number = number;
        this.frame = frame;
    }

    MappedFile file() {
        return file;
    }

    long number() {
        return number;
    }

    /** Where in the file it begins, in bytes. */
    long position() {
        return number * PageMemory.PAGE_BYTES;
    }

    long frame() {
        return frame;
    }

    /** Whether the file may not have what is here. */
    boolean isDirty() {
        return isDirty;
    }

    void setDirty(boolean isNowDirty) {
        isDirty = isNowDirty;
    }
}
