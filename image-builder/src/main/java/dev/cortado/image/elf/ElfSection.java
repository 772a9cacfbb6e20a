package dev.cortado.image.elf;

/**
 * One section header (gABI, "Sections"), its name already looked up.
 *
 * @param index in the section header table
 * @param flags SHF_xxx
 * @param offset of its bytes in the file
 * @param size in bytes; a SHT_NOBITS section has none in the file
 * @param link sh_link: for a symbol table its strings, for relocations their symbol table
 * @param info sh_info: for relocations the section that they change
 * @param alignment in bytes; 0 and 1 both mean none
 */
public record ElfSection(
        int index,
        String name,
        int type,
        long flags,
        long address,
        long offset,
        long size,
        int link,
        int info,
        long alignment) {

    public boolean has(long flag) {
        return (flags & flag) != 0;
    }

    /** How errors call it. */
    public String describe() {
        return "section " + index + " (" + name + ")";
    }

    /** Checks that this table is inside the file and has no part of an entry at its end. */
    void requireWholeEntries(ElfBytes bytes, int entrySize) {
        bytes.slice(offset, size, describe());
        if (size % entrySize != 0) {
            throw bytes.damaged(
                    "%s has %d bytes, not a multiple of %d", describe(), size, entrySize);
        }
    }
}
