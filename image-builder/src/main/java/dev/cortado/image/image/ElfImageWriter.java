package dev.cortado.image.image;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.image.elf.Elf;
import dev.cortado.image.elf.ElfHeader;
import dev.cortado.image.elf.ElfNote;
import dev.cortado.image.elf.ElfProgramHeader;
import dev.cortado.image.elf.ElfSectionTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a guest image as an ELF-64 executable without symbols: headers, notes, then the segments,
 * each at a file offset that is its address modulo the page size. Equal images give equal bytes.
 */
public final class ElfImageWriter implements ImageWriter {
    private static final int NOTE_ALIGNMENT = 4;

    @Override
    public void write(GuestImage image, Path file) {
        AtomicFile.write(file, toBytes(image));
    }

    /** The file's bytes, from position 0 to the limit. */
    ByteBuffer toBytes(GuestImage image) {
        List<Segment> segments = image.segments();
        List<ElfNote> notes = new ArrayList<>(image.bootNotes());
        notes.add(
                new ElfNote(CortadoNotes.OWNER, CortadoNotes.MANIFEST, image.manifest().toJson()));
        int checksumsSize = ImageChecksums.descriptionSize(segments.size());
        notes.add(new ElfNote(CortadoNotes.OWNER, CortadoNotes.CHECKSUMS, new byte[checksumsSize]));
        byte[] noteBytes = ElfNote.writeAll(notes);
        int headerCount = segments.size() + 1;
        int notesOffset = Elf.HEADER_SIZE + headerCount * Elf.PROGRAM_HEADER_SIZE;
        int end = notesOffset + noteBytes.length;
        // The checksums are the last note, and their size is a multiple of the padding.
        var checksums = new ImageChecksums.Range(end - checksumsSize, checksumsSize);

        List<ElfProgramHeader> headers = new ArrayList<>();
        List<ImageChecksums.Range> ranges = new ArrayList<>();
        ElfSectionTable sections = new ElfSectionTable();
        sections.add(
                ".note", Elf.SHT_NOTE, 0, 0, notesOffset, noteBytes.length, 0, 0, NOTE_ALIGNMENT);
        for (Segment segment : segments) {
            ElfProgramHeader header = load(segment, end);
            headers.add(header);
            int offset = Math.toIntExact(header.offset());
            ranges.add(new ImageChecksums.Range(offset, segment.contents().length));
            addSections(sections, segment, offset);
            end = Math.addExact(offset, segment.contents().length);
        }
        headers.add(
                new ElfProgramHeader(
                        Elf.PT_NOTE,
                        Elf.PF_R,
                        notesOffset,
                        0,
                        0,
                        noteBytes.length,
                        noteBytes.length,
                        NOTE_ALIGNMENT));

        int sectionsOffset = Math.addExact(end, 7) & -8;
        int sectionCount = sections.count();
        ElfHeader header =
                new ElfHeader(
                        Elf.ET_EXEC,
                        image.entryPoint(),
                        Elf.HEADER_SIZE,
                        headerCount,
                        (long) sectionsOffset + sections.headersOffset(),
                        sectionCount,
                        sectionCount - 1);
        byte[] sectionBytes = sections.toBytes(sectionsOffset);
        ByteBuffer out =
                ByteBuffer.allocate(Math.addExact(sectionsOffset, sectionBytes.length))
                        .order(ByteOrder.LITTLE_ENDIAN);
        header.write(out);
        headers.forEach(programHeader -> programHeader.write(out));
        out.put(noteBytes);
        for (int i = 0; i < segments.size(); i++) {
            out.put(ranges.get(i).offset(), segments.get(i).contents());
        }
        out.put(sectionsOffset, sectionBytes);
        int[] values = ImageChecksums.compute(out.clear(), ranges, checksums);
        out.put(checksums.offset(), ImageChecksums.description(values));
        return out;
    }

    private static ElfProgramHeader load(Segment segment, int end) {
        int skipped = (int) ((segment.virtualAddress() - end) & (AddressSpace.PAGE_SIZE - 1));
        return new ElfProgramHeader(
                Elf.PT_LOAD,
                segment.protection().elfFlags(),
                Math.addExact(end, skipped),
                segment.virtualAddress(),
                segment.physicalAddress(),
                segment.contents().length,
                segment.memorySize(),
                AddressSpace.PAGE_SIZE);
    }

    /** Sections tell disassemblers what is where; loaders do not look at them. */
    private static void addSections(ElfSectionTable sections, Segment segment, int offset) {
        long flags = SectionFlags.of(segment.protection());
        long address = segment.virtualAddress();
        int size = segment.contents().length;
        if (size > 0) {
            sections.add(
                    "." + segment.name(), Elf.SHT_PROGBITS, flags, address, offset, size, 0, 0, 16);
        }
        if (segment.memorySize() > size) {
            sections.add(
                    "." + segment.name() + ".zero",
                    Elf.SHT_NOBITS,
                    flags,
                    address + size,
                    offset + size,
                    segment.memorySize() - size,
                    0,
                    0,
                    1);
        }
    }
}
