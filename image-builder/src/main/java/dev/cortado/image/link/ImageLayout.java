package dev.cortado.image.link;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.ImageSymbols;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Section.Kind;
import dev.cortado.image.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where every section goes: constants, code, data and bss from the image's base, virtual and
 * physical addresses the same; the image heap at its place above the heap base, loaded behind bss.
 * What debuggers read is not loaded: each of its sections begins at 0, since they refer to each
 * other by offset.
 *
 * @param base address of the image's first byte
 * @param heapPhysical physical address of the heap's first byte
 */
record ImageLayout(
        long base,
        SectionGroup rodata,
        SectionGroup text,
        SectionGroup data,
        SectionGroup heap,
        long heapPhysical,
        List<PlacedSection> debug) {

    static ImageLayout of(List<RelocatableObject> objects, long base) {
        SectionGroup rodata = place(base, objects, Kind.RODATA);
        SectionGroup text = place(rodata.pageEnd(), objects, Kind.TEXT);
        SectionGroup data = place(text.pageEnd(), objects, Kind.DATA, Kind.BSS);
        long heapBegin = AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET;
        SectionGroup heap = place(heapBegin, objects, Kind.HEAP);
        long heapPhysical = AddressSpace.imageHeapPhysical(data.pageEnd());
        ImageLayout layout =
                new ImageLayout(base, rodata, text, data, heap, heapPhysical, debug(objects));
        layout.check(heapBegin);
        return layout;
    }

    private static List<PlacedSection> debug(List<RelocatableObject> objects) {
        Map<String, PlacedSection> placed = new TreeMap<>();
        for (RelocatableObject object : objects) {
            for (Section section : object.sections()) {
                if (section.kind() == Kind.DEBUG) {
                    PlacedSection other =
                            placed.put(section.name(), new PlacedSection(object, section, 0));
                    if (other != null) {
                        throw new UserError(
                                "both %s and %s have debug information: only one object may"
                                        .formatted(other.object().name(), object.name()));
                    }
                }
            }
        }
        return List.copyOf(placed.values());
    }

    private static SectionGroup place(long start, List<RelocatableObject> objects, Kind... kinds) {
        long address = start;
        long begin = start;
        long contentsEnd = start;
        List<PlacedSection> placed = new ArrayList<>();
        for (Kind kind : kinds) {
            for (RelocatableObject object : objects) {
                for (Section section : object.sections()) {
                    if (section.kind() != kind) {
                        continue;
                    }
                    address = alignUp(address, section.alignment());
                    if (placed.isEmpty()) {
                        begin = address & -AddressSpace.PAGE_SIZE;
                        contentsEnd = begin;
                    }
                    placed.add(new PlacedSection(object, section, address));
                    address = Math.addExact(address, section.size());
                    contentsEnd = kind == Kind.BSS ? contentsEnd : address;
                }
            }
        }
        return new SectionGroup(placed, begin, contentsEnd, placed.isEmpty() ? begin : address);
    }

    private void check(long heapBegin) {
        if (heap.begin() != heapBegin) {
            Section first = heap.sections().getFirst().section();
            throw new UserError(
                    "the image heap wants to be aligned to %d bytes, but its place is %#x"
                            .formatted(first.alignment(), heapBegin));
        }
        long heapSize = heap.end() - heap.begin();
        if (heapSize > AddressSpace.EARLY_IMAGE_HEAP_LIMIT
                || physicalEnd() > AddressSpace.EARLY_MAPPED_SIZE) {
            throw new UserError(
                    "the image is too large to boot: it needs memory up to %#x, %d MiB of it for the image heap"
                                    .formatted(physicalEnd(), heapSize >> 20)
                            + "; keep large data out of static fields that are filled at build"
                            + " time");
        }
    }

    long physicalEnd() {
        return heapPhysical + alignUp(heap.end() - heap.begin(), AddressSpace.PAGE_SIZE);
    }

    Stream<PlacedSection> sections() {
        return Stream.concat(
                Stream.of(rodata, text, data, heap).flatMap(group -> group.sections().stream()),
                debug.stream());
    }

    /** The symbols that the linker itself defines, with their addresses. */
    Map<String, Long> symbols() {
        Map<String, Long> symbols = new TreeMap<>();
        symbols.put(ImageSymbols.RODATA_BEGIN, rodata.begin());
        symbols.put(ImageSymbols.RODATA_END, rodata.pageEnd());
        symbols.put(ImageSymbols.TEXT_BEGIN, text.begin());
        symbols.put(ImageSymbols.TEXT_END, text.pageEnd());
        symbols.put(ImageSymbols.DATA_BEGIN, data.begin());
        symbols.put(ImageSymbols.DATA_END, data.pageEnd());
        symbols.put(ImageSymbols.HEAP_BEGIN, heap.begin());
        symbols.put(ImageSymbols.HEAP_END, heap.end());
        symbols.put(ImageSymbols.HEAP_PHYSICAL, heapPhysical);
        symbols.put(ImageSymbols.PHYSICAL_BEGIN, base);
        symbols.put(ImageSymbols.PHYSICAL_END, physicalEnd());
        return symbols;
    }

    static long alignUp(long address, long alignment) {
        return Math.addExact(address, alignment - 1) & -alignment;
    }
}
