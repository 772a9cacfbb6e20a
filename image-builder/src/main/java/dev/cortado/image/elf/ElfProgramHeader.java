package dev.cortado.image.elf;

import java.nio.ByteBuffer;

/**
 * One program header (gABI, "Program Header").
 *
 * @param type PT_xxx
 * @param flags PF_xxx
 * @param offset of its bytes in the file
 * @param fileSize bytes in the file
 * @param memorySize bytes in memory; those past {@code fileSize} are zero
 */
public record ElfProgramHeader(
        int type,
        int flags,
        long offset,
        long virtualAddress,
        long physicalAddress,
        long fileSize,
        long memorySize,
        long alignment) {

    static ElfProgramHeader read(ElfBytes bytes, long at, String what) {
        return new ElfProgramHeader(
                bytes.int32(at, what),
                bytes.int32(at + 4, what),
                bytes.int64(at + 8, what),
                bytes.int64(at + 16, what),
                bytes.int64(at + 24, what),
                bytes.int64(at + 32, what),
                bytes.int64(at + 40, what),
                bytes.int64(at + 48, what));
    }

    /** Writes the header at the buffer's position. */
    public void write(ByteBuffer out) {
        out.putInt(type).putInt(flags).putLong(offset);
        out.putLong(virtualAddress).putLong(physicalAddress);
        out.putLong(fileSize).putLong(memorySize).putLong(alignment);
    }
}
