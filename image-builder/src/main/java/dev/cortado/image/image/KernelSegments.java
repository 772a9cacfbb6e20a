package dev.cortado.image.image;

import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.image.elf.Elf;
import dev.cortado.image.elf.ElfBytes;
import dev.cortado.image.elf.ElfHeader;
import dev.cortado.image.elf.ElfProgramHeader;
import java.util.Comparator;
import java.util.List;

/** What a disk's loaders have to load of an ELF file. */
final class KernelSegments {
    private KernelSegments() {}

    static List<KernelSegment> of(ElfBytes elf) {
        return ElfHeader.read(elf).programHeaders(elf).stream()
                .filter(header -> header.type() == Elf.PT_LOAD)
                .sorted(Comparator.comparingLong(ElfProgramHeader::physicalAddress))
                .map(header ->
                        new KernelSegment(
                                header.offset(),
                                header.fileSize(),
                                header.physicalAddress(),
                                header.memorySize()))
                .toList();
    }
}
