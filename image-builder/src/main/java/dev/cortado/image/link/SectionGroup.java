package dev.cortado.image.link;

import dev.cortado.boot.layout.AddressSpace;
import java.util.List;

/**
 * Sections that have the same protection, one after the other.
 *
 * @param begin virtual address, a multiple of the page size
 * @param contentsEnd end of the last section that has bytes in the image; bss follows
 * @param end of the last section
 */
record SectionGroup(List<PlacedSection> sections, long begin, long contentsEnd, long end) {
    long pageEnd() {
        return ImageLayout.alignUp(end, AddressSpace.PAGE_SIZE);
    }
}
