package dev.cortado.image.image;

import dev.cortado.image.elf.Elf;

/** SHF_xxx flags of the sections that show a segment to tools. */
final class SectionFlags {
    private SectionFlags() {}

    static long of(Protection protection) {
        return Elf.SHF_ALLOC
                | switch (protection) {
                    case READ_ONLY -> 0;
                    case READ_EXECUTE -> Elf.SHF_EXECINSTR;
                    case READ_WRITE -> Elf.SHF_WRITE;
                };
    }
}
