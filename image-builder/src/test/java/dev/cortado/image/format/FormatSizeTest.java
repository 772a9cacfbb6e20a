package dev.cortado.image.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.TestObjects;
import dev.cortado.image.Tools;
import dev.cortado.image.image.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How large a file of each format is for a kernel of a program's size that nothing compresses. */
class FormatSizeTest {
    private static final int MEBI = 1 << 20;
    private static final int OBJECTS = 6 * MEBI;

    @TempDir static Path images;

    @TempDir Path directory;

    @BeforeAll
    static void build() {
        write(Target.QEMU, kernel());
        write(Target.XEN_HVM, disk());
    }

    private static void write(Target target, Path file) {
        ImageWriter.of(target).write(TestObjects.largeImage(target, OBJECTS), file);
    }

    private static Path kernel() {
        return images.resolve("app.elf");
    }

    private static Path disk() {
        return images.resolve("app-xen-hvm.img");
    }

    private static double most() throws IOException {
        return 1.1 * Files.size(kernel()) + MEBI;
    }

    @ParameterizedTest
    @EnumSource(value = OutputFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "VHDX")
    void aTenthMoreThanTheKernelAndAMebibyteAtMost(OutputFormat format) throws IOException {
        Path image = format.fits(Target.QEMU) ? kernel() : disk();
        Path file = directory.resolve("app");
        Conversion.convert(image, format, file);
        long size = 0;
        for (Path each : Conversion.outputs(format, file)) {
            size += Files.size(each);
        }
        assertTrue(size <= most(), size + " bytes of " + most());
    }

    /** The bzImage, which is no other format's file but an image itself. */
    @Test
    void soIsTheBzImage() throws IOException {
        Path file = directory.resolve("app.bzimage");
        write(Target.BZIMAGE, file);
        assertTrue(Files.size(file) <= most());
    }

    /**
     * MS-VHDX 2.1 and 2.2.2: headers, log, metadata and table begin at multiples of a MiB and have
     * such sizes, and so do blocks. Less than that cannot be, but holes take no room.
     */
    @Test
    void aVhdxIsAsLongAsItHasToBeAndTakesNoMoreRoom() throws IOException, InterruptedException {
        Path file = directory.resolve("app.vhdx");
        Conversion.convert(disk(), OutputFormat.VHDX, file);
        byte[] bytes = Files.readAllBytes(disk());
        long blocks = 0;
        for (int at = 0; at < bytes.length; at += MEBI) {
            byte[] block = Arrays.copyOfRange(bytes, at, at + MEBI);
            blocks += Arrays.equals(block, new byte[MEBI]) ? 0 : 1;
        }
        assertEquals((4 + blocks) * MEBI, Files.size(file));
        String kibibytes = Tools.run("du", "-k", file).getFirst().split("\t")[0];
        assertTrue(Long.parseLong(kibibytes) << 10 <= most(), kibibytes + " KiB of " + most());
    }
}
