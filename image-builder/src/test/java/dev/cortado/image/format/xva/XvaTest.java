package dev.cortado.image.format.xva;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.FileSource;
import dev.cortado.image.format.bytes.TestDisks;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.hardware.VirtualHardware.DiskController;
import dev.cortado.image.format.hardware.VirtualHardware.NetworkCard;
import dev.cortado.image.format.tar.TarArchive;
import dev.cortado.image.format.tar.TarWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XvaTest {
    private static final int MEBI = 1 << 20;

    private static final VirtualHardware HARDWARE =
            new VirtualHardware(
                    "app", new UUID(1, 2), 128, DiskController.XEN, NetworkCard.XEN, true);

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 256, 1001})
    void theReaderSeesTheDisk(int pages) throws IOException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED + pages), pages);
        byte[] read = TestDisks.readAll(XvaDisk.open(FileSource.open(write(disk))));
        assertArrayEquals(disk, read);
    }

    @Test
    void piecesOfZerosAreLeftOutButForTheFirstAndTheLast() throws IOException {
        byte[] disk = new byte[5 * MEBI + 4096];
        disk[3 * MEBI] = 1;
        TarArchive archive = TarArchive.open(FileSource.open(write(disk)));
        List<String> pieces =
                archive.names().stream().filter(name -> name.matches("Ref:2/\\d+")).toList();
        assertEquals(List.of("Ref:2/00000000", "Ref:2/00000003", "Ref:2/00000005"), pieces);
        assertEquals(4096, archive.file("Ref:2/00000005").size());
        // sha1sum of a MiB of zeros.
        byte[] checksum = TestDisks.readAll(archive.file("Ref:2/00000000.checksum"));
        assertEquals("3b71f43ff30f4b15b5cd85dd9e95ebc7e84eb5a3", new String(checksum));
        assertArrayEquals(disk, TestDisks.readAll(XvaDisk.open(FileSource.open(write(disk)))));
    }

    @Test
    void aPieceThatIsNotAsItsChecksumSaysIsRefused() throws IOException {
        byte[] disk = new byte[2 * MEBI];
        Arrays.fill(disk, (byte) 7);
        byte[] file = Files.readAllBytes(write(disk));
        file[file.length / 4]++;
        var opened = XvaDisk.open(TestDisks.source(file));
        UserError error = assertThrows(UserError.class, () -> TestDisks.readAll(opened));
        assertTrue(error.getMessage().contains("not as its checksum says"), error.getMessage());
    }

    /** XenServer writes some where all is zeros, so that no connection is idle for long. */
    @Test
    void anEmptyPieceHasANumberButNoPlaceOnTheDisk() throws IOException {
        byte[] disk = new byte[3 * MEBI];
        disk[0] = 1;
        disk[2 * MEBI] = 3;
        byte[] first = Arrays.copyOf(disk, MEBI);
        byte[] last = Arrays.copyOfRange(disk, 2 * MEBI, disk.length);
        Path file = directory.resolve("empty.xva");
        try (var out = Files.newOutputStream(file)) {
            TarWriter archive = new TarWriter(out);
            String text = new XvaObjects(HARDWARE, disk.length).render();
            archive.file("ova.xml", 0, text.getBytes(StandardCharsets.UTF_8));
            archive.file("Ref:2/00000000", 0, first);
            archive.file("Ref:2/00000001", 0, new byte[0]);
            archive.file("Ref:2/00000003", 0, last);
            archive.finish();
        }
        assertArrayEquals(disk, TestDisks.readAll(XvaDisk.open(FileSource.open(file))));
    }

    @Test
    void piecesInAnyOtherOrderAreRefused() throws IOException {
        Path file = directory.resolve("disorder.xva");
        try (var out = Files.newOutputStream(file)) {
            TarWriter archive = new TarWriter(out);
            String text = new XvaObjects(HARDWARE, 2 * MEBI).render();
            archive.file("ova.xml", 0, text.getBytes(StandardCharsets.UTF_8));
            archive.file("Ref:2/00000001", 0, new byte[MEBI]);
            archive.file("Ref:2/00000000", 0, new byte[MEBI]);
            archive.finish();
        }
        UserError error = assertThrows(UserError.class, () -> XvaDisk.open(FileSource.open(file)));
        assertTrue(error.getMessage().contains("Ref:2/00000000 comes after"), error.getMessage());
    }

    @Test
    void sizesThatAreNoneAreRefused() throws IOException {
        for (String size : List.of("-1", "99999999999999999999", "x", "9999999999999999")) {
            String text = new XvaObjects(HARDWARE, 4096).render();
            String field = "virtual_size</name><value>";
            String bad = text.replace(field + 4096, field + size);
            Path file = directory.resolve("bad.xva");
            try (var out = Files.newOutputStream(file)) {
                TarWriter archive = new TarWriter(out);
                archive.file("ova.xml", 0, bad.getBytes(StandardCharsets.UTF_8));
                archive.file("Ref:2/00000000", 0, new byte[4096]);
                archive.finish();
            }
            UserError error =
                    assertThrows(UserError.class, () -> XvaDisk.open(FileSource.open(file)));
            assertTrue(error.getMessage().contains("is no size"), error.getMessage());
        }
    }

    private Path write(byte[] disk) {
        Path file = directory.resolve("a.xva");
        XvaWriter.write(TestDisks.source(disk), HARDWARE, file);
        return file;
    }
}
