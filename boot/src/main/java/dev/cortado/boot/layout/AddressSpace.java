package dev.cortado.boot.layout;

/**
 * The map of the kernel's one address space. All of it is in the lower half of the 48-bit space
 * (Intel SDM vol. 3A, 4.5 "4-level paging").
 *
 * <pre>
 *   0000_0000_0020_0000  image: text, read-only data, data, bss; virtual == physical
 *   0000_1000_0000_0000  Java heap; its first objects are the image heap
 *   0000_1800_0000_0000  mapped files
 *   0000_1c00_0000_0000  what may be done with each of their pages, a byte a page
 *   0000_2000_0000_0000  regions: memory that is neither heap nor stack
 *   0000_3000_0000_0000  thread stacks
 *   0000_4000_0000_0000  direct map of all physical memory
 *   0000_6000_0000_0000  device memory
 * </pre>
 */
public final class AddressSpace {

    /** Bytes of the smallest page. */
    public static final long PAGE_SIZE = 0x1000;

    /** Bytes of a page that a page-directory entry maps: the only kind in the early tables. */
    public static final long LARGE_PAGE_SIZE = 0x20_0000;

    /** Where the image is linked and loaded. */
    public static final long IMAGE_BASE = 0x20_0000;

    /**
     * The same for an image that is to live where UEFI has been: below, firmware may have memory
     * that it never gives back. EDK II keeps some up to about 25 MiB in virtual machines, for the
     * wake from sleep.
     */
    public static final long FIRMWARE_IMAGE_BASE = 0x200_0000;

    /** The heap base: what register r14 holds whenever compiled Java code runs. */
    public static final long HEAP_BASE = 0x1000_0000_0000L;

    /**
     * Where the image heap begins, counted from {@link #HEAP_BASE}; the space below stays unmapped,
     * so that a null reference (offset 0) faults. The compiler takes a chunk of the heap for that.
     *
     * <p>The early page tables map the image heap with large pages. Its physical address must
     * therefore be the same as its virtual address modulo {@link #LARGE_PAGE_SIZE}; see {@link
     * #imageHeapPhysical}.
     */
    public static final long IMAGE_HEAP_OFFSET = 0x4_0000;

    /** End of the Java heap's region. */
    public static final long HEAP_LIMIT = 0x1800_0000_0000L;

    /**
     * Mapped files have the addresses of which the bits from {@link #MAPPINGS_SHIFT} on are its.
     */
    public static final long MAPPINGS_BASE = 0x1800_0000_0000L;

    public static final int MAPPINGS_SHIFT = 42;

    /** The byte of the page at {@link #MAPPINGS_BASE}; those of the pages behind follow. */
    public static final long PAGE_STATES_BASE = MAPPINGS_BASE + (1L << MAPPINGS_SHIFT);

    public static final long REGIONS_BASE = 0x2000_0000_0000L;

    public static final long STACKS_BASE = 0x3000_0000_0000L;

    /** Physical address {@code p} is readable and writable at {@code DIRECT_MAP_BASE + p}. */
    public static final long DIRECT_MAP_BASE = 0x4000_0000_0000L;

    public static final long DEVICE_BASE = 0x6000_0000_0000L;

    /**
     * How much physical memory, from 0, the early page tables map: once at its own addresses and
     * once at {@link #DIRECT_MAP_BASE}.
     */
    public static final long EARLY_MAPPED_SIZE = 0x1_0000_0000L;

    /** The largest image heap that the early page tables can map: one page directory's worth. */
    public static final long EARLY_IMAGE_HEAP_LIMIT = 0x4000_0000L - IMAGE_HEAP_OFFSET;

    private AddressSpace() {}

    /**
     * The load address of an image heap that follows an image.
     *
     * @param imageEnd physical address after the image's last byte (bss included)
     * @return the lowest address from there that large pages can map at the image heap's place
     */
    public static long imageHeapPhysical(long imageEnd) {
        long mask = LARGE_PAGE_SIZE - 1;
        return imageEnd + ((HEAP_BASE + IMAGE_HEAP_OFFSET - imageEnd) & mask);
    }
}
