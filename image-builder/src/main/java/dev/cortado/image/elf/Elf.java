package dev.cortado.image.elf;

/**
 * Constants of the ELF-64 format that Cortado reads and writes.
 *
 * <p>Source: System V Application Binary Interface, "Object Files" (gABI 4.1, chapters 4 and 5) and
 * its AMD64 supplement 1.0, chapter 4. Names are the specification's.
 */
public final class Elf {
    public static final int HEADER_SIZE = 64;
    public static final int SECTION_HEADER_SIZE = 64;
    public static final int PROGRAM_HEADER_SIZE = 56;
    public static final int SYMBOL_SIZE = 24;
    public static final int RELA_SIZE = 24;
    public static final int NOTE_HEADER_SIZE = 12;

    /** e_ident's first four bytes, 0x7f 'E' 'L' 'F', as a little-endian int. */
    public static final int MAGIC = 0x464c457f;

    public static final int ELFCLASS64 = 2;
    public static final int ELFDATA2LSB = 1;
    public static final int EV_CURRENT = 1;

    public static final int ET_REL = 1;
    public static final int ET_EXEC = 2;
    public static final int EM_X86_64 = 62;

    public static final int SHT_NULL = 0;
    public static final int SHT_PROGBITS = 1;
    public static final int SHT_SYMTAB = 2;
    public static final int SHT_STRTAB = 3;
    public static final int SHT_RELA = 4;
    public static final int SHT_NOTE = 7;
    public static final int SHT_NOBITS = 8;
    public static final int SHT_REL = 9;

    public static final long SHF_WRITE = 1;
    public static final long SHF_ALLOC = 2;
    public static final long SHF_EXECINSTR = 4;
    public static final long SHF_TLS = 0x400;

    public static final int SHN_UNDEF = 0;
    public static final int SHN_LORESERVE = 0xff00;
    public static final int SHN_ABS = 0xfff1;

    public static final int STB_LOCAL = 0;
    public static final int STB_GLOBAL = 1;
    public static final int STT_OBJECT = 1;
    public static final int STT_FUNC = 2;
    public static final int STT_SECTION = 3;
    public static final int STT_FILE = 4;

    public static final int PT_LOAD = 1;
    public static final int PT_NOTE = 4;
    public static final int PF_X = 1;
    public static final int PF_W = 2;
    public static final int PF_R = 4;

    private Elf() {}
}
