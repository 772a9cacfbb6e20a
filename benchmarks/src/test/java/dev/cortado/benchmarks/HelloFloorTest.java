package dev.cortado.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.elf.Elf;
import dev.cortado.image.elf.ElfHeader;
import dev.cortado.image.elf.ElfProgramHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloFloorTest {
    private static final int BYTES = 8192;
    private static final int OFFSET = 4096;
    private static final long ADDRESS = 0x20_0000;
    private static final int INTO = 0x60;

    @TempDir Path directory;

    @Test
    void isAsLargeAsTheImageAndDiffersAtTheEntryOnly() throws Exception {
        byte[] image = image(BYTES - OFFSET);
        byte[] floor = Files.readAllBytes(create(image));
        byte[] code = HelloFloor.code("line");
        int begin = OFFSET + INTO;
        assertEquals(image.length, floor.length);
        assertArrayEquals(Arrays.copyOf(image, begin), Arrays.copyOf(floor, begin));
        assertArrayEquals(code, Arrays.copyOfRange(floor, begin, begin + code.length));
        assertArrayEquals(
                Arrays.copyOfRange(image, begin + code.length, BYTES),
                Arrays.copyOfRange(floor, begin + code.length, BYTES));
    }

    @Test
    void theCodeHasToFitIntoTheSegment() {
        assertThrows(
                IllegalArgumentException.class,
                () -> create(image(INTO + HelloFloor.code("line").length - 1)));
    }

    @Test
    void saysItsLineOnAMachine() throws Exception {
        byte[] image = image(BYTES - OFFSET);
        // QEMU looks for the note's entry; that of the ELF header is for those who load without.
        Guest guest = Guest.withoutRamDisk("floor", create(image));
        OptionalDouble time = guest.bootUntil("line", 16, 60);
        assertTrue(time.isPresent());
    }

    private Path create(byte[] image) throws Exception {
        Path file = Files.write(directory.resolve("image.elf"), image);
        return HelloFloor.create(file, "line", directory.resolve("floor.elf"));
    }

    /** One segment, whose note says where a PVH loader begins. */
    private static byte[] image(int fileSize) {
        ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        new ElfHeader(Elf.ET_EXEC, ADDRESS + INTO, Elf.HEADER_SIZE, 2, 0, 0, 0).write(out);
        new ElfProgramHeader(
                        Elf.PT_LOAD, Elf.PF_R, OFFSET, ADDRESS, ADDRESS, fileSize, fileSize, 4096)
                .write(out);
        int note = Elf.HEADER_SIZE + 2 * Elf.PROGRAM_HEADER_SIZE;
        new ElfProgramHeader(Elf.PT_NOTE, Elf.PF_R, note, 0, 0, 24, 24, 4).write(out);
        out.putInt(4).putInt(8).putInt(18).put(new byte[] {'X', 'e', 'n', 0});
        out.putLong(ADDRESS + INTO);
        for (int i = OFFSET; i < BYTES; i++) {
            out.put(i, (byte) (i * 31));
        }
        return out.array();
    }
}
