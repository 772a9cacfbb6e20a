package dev.cortado.image.link;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Section;
import dev.cortado.image.elf.ElfBytes;
import dev.cortado.image.elf.ElfNote;
import dev.cortado.image.image.BootNotes;
import dev.cortado.image.image.DebugSection;
import dev.cortado.image.image.GuestImage;
import dev.cortado.image.image.Manifest;
import dev.cortado.image.image.Protection;
import dev.cortado.image.image.Segment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts the compiled program and the boot code together at fixed addresses. */
public final class Linker {
    /** Between functions: int3, so that a jump astray is a breakpoint trap. */
    private static final byte TEXT_FILLER = (byte) 0xcc;

    /**
     * Links {@code compiled} with {@code boot}.
     *
     * @param base address of the image's first byte, a multiple of a page
     * @param manifest goes into the image as it is
     * @throws dev.cortado.image.UserError if a symbol is missing (named with who wants it) or
     *     defined twice, a relocation's value does not fit its field, or the image is too large
     */
    public GuestImage link(
            RelocatableObject compiled, RelocatableObject boot, long base, Manifest manifest) {
        List<RelocatableObject> objects = List.of(boot, compiled);
        ImageLayout layout = ImageLayout.of(objects, base);
        Symbols symbols = Symbols.resolve(objects, layout);
        Relocator relocator = new Relocator(symbols);
        List<Segment> segments = new ArrayList<>();
        add(segments, relocator, Segment.RODATA, Protection.READ_ONLY, layout.rodata(), (byte) 0);
        add(segments, relocator, Segment.TEXT, Protection.READ_EXECUTE, layout.text(), TEXT_FILLER);
        add(segments, relocator, Segment.DATA, Protection.READ_WRITE, layout.data(), (byte) 0);
        addHeap(segments, relocator, layout);
        List<ElfNote> notes = notes(objects, relocator);
        List<DebugSection> debug = debug(layout, relocator);
        relocator.throwErrors();
        return new GuestImage(
                segments, symbols.table(), debug, notes, BootNotes.entryPoint(notes), manifest);
    }

    private static void add(
            List<Segment> segments,
            Relocator relocator,
            String name,
            Protection protection,
            SectionGroup group,
            byte filler) {
        if (group.end() > group.begin()) {
            byte[] contents = contents(group, relocator, filler);
            long size = group.end() - group.begin();
            segments.add(
                    new Segment(name, protection, group.begin(), group.begin(), contents, size));
        }
    }

    /** The heap ends with the rest of its last chunk: zeroes, which need no place in the file. */
    private static void addHeap(List<Segment> segments, Relocator relocator, ImageLayout layout) {
        SectionGroup heap = layout.heap();
        if (heap.end() == heap.begin()) {
            return;
        }
        byte[] contents = contents(heap, relocator, (byte) 0);
        int end = contents.length;
        while (end > 0 && contents[end - 1] == 0) {
            end--;
        }
        segments.add(
                new Segment(
                        Segment.HEAP,
                        Protection.READ_WRITE,
                        heap.begin(),
                        layout.heapPhysical(),
                        Arrays.copyOf(contents, end),
                        ImageLayout.alignUp(contents.length, AddressSpace.PAGE_SIZE)));
    }

    private static byte[] contents(SectionGroup group, Relocator relocator, byte filler) {
        byte[] contents = new byte[Math.toIntExact(group.contentsEnd() - group.begin())];
        Arrays.fill(contents, filler);
        for (PlacedSection placed : group.sections()) {
            byte[] bytes = placed.section().contents();
            int at = Math.toIntExact(placed.address() - group.begin());
            System.arraycopy(bytes, 0, contents, Math.min(at, contents.length), bytes.length);
            if (bytes.length > 0) {
                relocator.apply(placed, ByteBuffer.wrap(contents, at, bytes.length).slice());
            }
        }
        return contents;
    }

    private static List<DebugSection> debug(ImageLayout layout, Relocator relocator) {
        List<DebugSection> debug = new ArrayList<>();
        for (PlacedSection placed : layout.debug()) {
            byte[] contents = placed.section().contents().clone();
            relocator.apply(placed, ByteBuffer.wrap(contents));
            debug.add(new DebugSection(placed.section().name(), contents));
        }
        return debug;
    }

    private static List<ElfNote> notes(List<RelocatableObject> objects, Relocator relocator) {
        List<ElfNote> notes = new ArrayList<>();
        for (RelocatableObject object : objects) {
            for (Section section : object.sections()) {
                if (section.kind() == Section.Kind.NOTE) {
                    ByteBuffer bytes = ByteBuffer.wrap(section.contents().clone());
                    relocator.apply(new PlacedSection(object, section, 0), bytes);
                    String what = "section " + section.name();
                    notes.addAll(
                            ElfNote.readAll(
                                    new ElfBytes(object.name(), bytes), 0, section.size(), what));
                }
            }
        }
        return notes;
    }
}
