package dev.cortado.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.boot.x86.Mode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootFloorTest {
    private static final String LINE = "line";

    @TempDir Path directory;

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void assertCode(Mode mode, byte[] image, int place) {
        byte[] code = HelloFloor.code(LINE, mode);
        assertArrayEquals(code, Arrays.copyOfRange(image, place, place + code.length));
    }

    @Test
    void aBootSectorWritesTheLineAndEnds() throws Exception {
        byte[] disk = new byte[1 << 20];
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        BootFloor.bios(disk, LINE);
        Path file = Files.write(directory.resolve("disk"), disk);
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/qemu-system-x86_64")), "there is no QEMU");
        OptionalDouble time = Guest.bootUntil(BootWay.BIOS.command(file, null, "", 64), LINE, 60);
        assertEquals(true, time.isPresent());
    }

    @Test
    void theLineOfABootSectorIsShort() {
        assertThrows(
                IllegalArgumentException.class,
                () -> BootFloor.bios(new byte[512], "x".repeat(100)));
    }

    @Test
    void aLinuxBeginsBehindItsJump() {
        byte[] image = new byte[4096];
        image[0x200] = (byte) 0xeb;
        image[0x201] = 0x66;
        BootFloor.linux(image, LINE);
        assertCode(Mode.BITS_16, image, 0x268);
        assertThrows(IllegalArgumentException.class, () -> BootFloor.linux(new byte[4096], LINE));
    }

    /** Its first section is at 0x1000 in memory, and 0x400 bytes into the file. */
    @Test
    void aProgramForUefiIsFoundOnItsDisk() {
        byte[] disk = new byte[16384];
        int begin = 2048;
        ByteBuffer bytes = little(disk);
        bytes.putShort(512, (short) 0x5a4d).putInt(512 + 0x3c, 100);
        bytes.putShort(begin, (short) 0x5a4d).putInt(begin + 0x3c, 0x80);
        int header = begin + 0x80;
        bytes.putInt(header, 0x4550).putShort(header + 6, (short) 1);
        bytes.putShort(header + 20, (short) 0xf0).putInt(header + 40, 0x1010);
        int section = header + 24 + 0xf0;
        bytes.putInt(section + 12, 0x1000).putInt(section + 16, 0x200);
        bytes.putInt(section + 20, 0x400);
        BootFloor.uefi(disk, LINE);
        assertCode(Mode.BITS_64, disk, begin + 0x410);
        assertThrows(IllegalArgumentException.class, () -> BootFloor.uefi(new byte[4096], LINE));
    }

    @Test
    void codeOf64BitsIsThatOf32() {
        assertArrayEquals(HelloFloor.code(LINE, Mode.BITS_32), HelloFloor.code(LINE, Mode.BITS_64));
    }
}
