package dev.cortado.runtime.file.map;

import java.util.TreeMap;

/** A part of a file at addresses of its own; guarded by the file's lock. */
final class FileMapping {
    private final MappedFile file;
    private final long address;
    private final long firstPage;
    private final long pages;
    private final MappingMode mode;

    /** The frames of pages that were written to in a private mapping, by page of the file. */
    private final TreeMap<Long, Long> copies = new TreeMap<>();

    private boolean isGone;

    FileMapping(MappedFile file, long address, long firstPage, long pages, MappingMode mode) {
        this.file = file;
        this.address = address;
        this.firstPage = firstPage;
        this.pages = pages;
        this.mode = mode;
    }

    MappedFile file() {
        return file;
    }

    long address() {
        return address;
    }

    long pages() {
        return pages;
    }

    long firstPage() {
        return firstPage;
    }

    long endPage() {
        return firstPage + pages;
    }

    MappingMode mode() {
        return mode;
    }

    TreeMap<Long, Long> copies() {
        return copies;
    }

    boolean isGone() {
        return isGone;
    }

    void setGone() {
        isGone = true;
    }

    /** Whether an address is one of its. */
    boolean contains(long at) {
        return at >= address && at - address < pages * PageMemory.PAGE_BYTES;
    }

    /** The page of the file that is at an address. */
    long pageAt(long at) {
        return firstPage + (at - address) / PageMemory.PAGE_BYTES;
    }

    /** Where a page of the file is. */
    long addressOf(long page) {
        return address + (page - firstPage) * PageMemory.PAGE_BYTES;
    }

    /** Whether it shows a page of the file as all others see it. */
    boolean shows(long page) {
        return page >= firstPage && page < endPage() && !copies.containsKey(page);
    }
}
