package dev.cortado.boot.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.Tool;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FatVolumeTest {
    private static final List<String> PATH = List.of("EFI", "BOOT", "BOOTX64.EFI");

    @TempDir Path directory;

    /** Sizes beside the lines between the types, and what fsck.fat takes the volume for. */
    @ParameterizedTest
    @CsvSource({
        "1,12,512",
        "2080000,12,512",
        "2090000,16,512",
        "33500000,16,512",
        "33540000,32,512",
        "68000000,32,1024"
    })
    void othersReadWhatIsWritten(int size, int bits, int cluster) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        FatVolume volume = new FatVolume("CORTADO", 0x1234_ABCD, PATH, size);
        ByteBuffer bytes = ByteBuffer.allocate((int) volume.sectors() * 512);
        bytes.put((int) volume.fileSector() * 512, content);
        volume.write(bytes, 64);
        Path image = directory.resolve("volume");
        Files.write(image, bytes.array());

        List<String> checked = new ArrayList<>(Tool.run("fsck.fat", List.of("-nv", image + "")));
        String text = String.join("\n", checked);
        assertTrue(text.contains(bits + " bits/entry") || text.contains(bits + " bit"), text);
        assertTrue(text.contains("%10d bytes per cluster".formatted(cluster)), text);
        assertTrue(text.contains("64 hidden sectors"), text);
        assertFalse(text.contains("differences"), text);
        String used = checked.getLast();
        assertTrue(used.contains(": 4 files, "), used);

        Path copy = directory.resolve("copy");
        Tool.run("mcopy", List.of("-i", image + "", "::EFI/BOOT/BOOTX64.EFI", copy + ""));
        assertArrayEquals(content, Files.readAllBytes(copy));
        String listed = String.join("\n", Tool.run("mdir", List.of("-i", image + "", "::EFI")));
        assertTrue(listed.contains("Volume in drive : is CORTADO"), listed);
        assertTrue(listed.contains("Volume Serial Number is 1234-ABCD"), listed);
        assertTrue(listed.contains("1980-01-01"), listed);
    }

    @Test
    void largeVolumesHaveClustersOfEightSectorsAtMost() {
        FatGeometry geometry = FatGeometry.of(size -> 4_000_000 / size);
        assertEquals(new FatGeometry(FatType.FAT32, 500_000, 8, 3907), geometry);
        assertThrows(IllegalArgumentException.class, () -> FatGeometry.of(size -> 1L << 32));
    }

    @Test
    void theSameArgumentsGiveTheSameBytes() {
        assertArrayEquals(small().array(), small().array());
    }

    @Test
    void sectorsFreeForOthersAreNotWritten() {
        FatVolume volume = new FatVolume("CORTADO", 1, PATH, 40_000_000);
        ByteBuffer bytes = ByteBuffer.allocate((int) volume.sectors() * 512);
        volume.write(bytes, 64);
        for (int at = FatVolume.FREE_SECTOR * 512; at < FatVolume.RESERVED_SECTORS * 512; at++) {
            assertEquals(0, bytes.get(at));
        }
    }

    /** fatgen103, "FSInfo Sector": all ones where there is nothing to tell. */
    @Test
    void onAFullVolumeNoClusterIsTheNextFreeOne() {
        FatVolume volume = new FatVolume("CORTADO", 1, PATH, 40_000_000);
        ByteBuffer bytes = ByteBuffer.allocate((int) volume.sectors() * 512);
        volume.write(bytes, 64);
        for (int sector : new int[] {1, 7}) {
            assertEquals(0, bytes.getInt(sector * 512 + 488), "free clusters");
            assertEquals(-1, bytes.getInt(sector * 512 + 492), "the next");
        }
    }

    @Test
    void refusesWhatHasNoPlaceOnIt() {
        refuses("CORTADO", List.of("efi"), 1);
        refuses("CORTADO", List.of("TOOLONGNAME"), 1);
        refuses("CORTADO", List.of("A.LONG"), 1);
        refuses("CORTADO", List.of(""), 1);
        refuses("CORTADO", List.of(), 1);
        refuses("TWELVE CHARS", PATH, 1);
        refuses("CORTADO", PATH, 0);
        refuses("CORTADO", PATH, 1L << 32);
    }

    private static void refuses(String label, List<String> path, long size) {
        assertThrows(IllegalArgumentException.class, () -> new FatVolume(label, 0, path, size));
    }

    private static ByteBuffer small() {
        FatVolume volume = new FatVolume("CORTADO", 7, PATH, 100);
        ByteBuffer bytes = ByteBuffer.allocate((int) volume.sectors() * 512);
        volume.write(bytes, 64);
        return bytes;
    }
}
