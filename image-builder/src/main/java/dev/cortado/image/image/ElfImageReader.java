package dev.cortado.image.image;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.image.UserError;
import dev.cortado.image.elf.Elf;
import dev.cortado.image.elf.ElfBytes;
import dev.cortado.image.elf.ElfHeader;
import dev.cortado.image.elf.ElfNote;
import dev.cortado.image.elf.ElfProgramHeader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what {@link ElfImageWriter} writes. */
final class ElfImageReader {
    /** More than any image has; keeps a damaged size from filling the memory with tiny notes. */
    private static final long LARGEST_NOTES = 16 << 20;

    private final ElfBytes bytes;
    private final ByteBuffer file;

    ElfImageReader(ElfBytes bytes, ByteBuffer file) {
        this.bytes = bytes;
        this.file = file;
    }

    ImageFile read(Path path) {
        ElfHeader header = ElfHeader.read(bytes);
        if (header.type() != Elf.ET_EXEC) {
            throw notCortado();
        }
        List<ElfProgramHeader> headers = header.programHeaders(bytes);
        List<ElfProgramHeader> loads =
                headers.stream().filter(each -> each.type() == Elf.PT_LOAD).toList();
        ElfProgramHeader notesHeader =
                headers.stream()
                        .filter(each -> each.type() == Elf.PT_NOTE)
                        .findFirst()
                        .orElseThrow(this::notCortado);
        if (notesHeader.fileSize() > LARGEST_NOTES) {
            throw notCortado();
        }
        List<ElfNote> notes =
                ElfNote.readAll(
                        bytes, notesHeader.offset(), notesHeader.fileSize(), "the list of notes");
        ElfNote manifest = find(notes, CortadoNotes.MANIFEST);
        header.sections(bytes);
        int[] checksums = check(loads, notesHeader, notes);
        List<LoadedSegment> segments = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            segments.add(segment(loads.get(i), checksums[1 + i]));
        }
        return new ImageFile(
                path,
                ImageFormat.ELF,
                bytes.size(),
                segments,
                header.entry(),
                notes.stream().filter(note -> !note.owner().equals(CortadoNotes.OWNER)).toList(),
                Optional.empty(),
                Manifest.fromJson(bytes.file(), manifest.description()));
    }

    private ElfNote find(List<ElfNote> notes, int type) {
        return notes.stream()
                .filter(note -> note.owner().equals(CortadoNotes.OWNER) && note.type() == type)
                .findFirst()
                .orElseThrow(this::notCortado);
    }

    private UserError notCortado() {
        return new UserError(
                bytes.file() + " is not an image of Cortado's: it has no manifest note");
    }

    /** Returns the checksums, the first one for what is outside the segments. */
    private int[] check(
            List<ElfProgramHeader> loads, ElfProgramHeader notesHeader, List<ElfNote> notes) {
        ElfNote note = find(notes, CortadoNotes.CHECKSUMS);
        int size = note.description().length;
        if (note != notes.getLast() || size != ImageChecksums.descriptionSize(loads.size())) {
            throw bytes.damaged("it has %d segments, but not as many checksums", loads.size());
        }
        List<ImageChecksums.Range> ranges = new ArrayList<>();
        for (ElfProgramHeader load : loads) {
            String what = "the segment at " + Long.toHexString(load.virtualAddress());
            bytes.slice(load.offset(), load.fileSize(), what);
            ranges.add(new ImageChecksums.Range((int) load.offset(), (int) load.fileSize()));
        }
        int end = (int) (notesHeader.offset() + notesHeader.fileSize());
        var description = new ImageChecksums.Range(end - size, size);
        int[] expected = ImageChecksums.values(note);
        int[] found = ImageChecksums.compute(file, ranges, description);
        int wrong = Arrays.mismatch(expected, found);
        if (wrong >= 0) {
            String part =
                    wrong == 0
                            ? "the headers and notes"
                            : "the segment " + name(loads.get(wrong - 1));
            throw bytes.damaged(
                    "the checksum of %s should be %08x and is %08x",
                    part, expected[wrong], found[wrong]);
        }
        return expected;
    }

    private LoadedSegment segment(ElfProgramHeader load, int checksum) {
        if (load.memorySize() < load.fileSize()) {
            throw bytes.damaged("the segment %s is larger in the file than in memory", name(load));
        }
        return new LoadedSegment(
                name(load),
                protection(load),
                load.virtualAddress(),
                load.physicalAddress(),
                load.fileSize(),
                load.memorySize(),
                checksum);
    }

    private Protection protection(ElfProgramHeader load) {
        return Arrays.stream(Protection.values())
                .filter(each -> each.elfFlags() == load.flags())
                .findFirst()
                .orElseThrow(
                        () -> bytes.damaged("a segment has the unusual flags %#x", load.flags()));
    }

    private String name(ElfProgramHeader load) {
        return switch (protection(load)) {
            case READ_ONLY -> Segment.RODATA;
            case READ_EXECUTE -> Segment.TEXT;
            case READ_WRITE ->
                    Long.compareUnsigned(load.virtualAddress(), AddressSpace.HEAP_BASE) >= 0
                            ? Segment.HEAP
                            : Segment.DATA;
        };
    }
}
