package dev.cortado.image.format;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.TestObjects;
import dev.cortado.image.image.ImageWriter;
import java.nio.file.Path;

/** Small images for tests of formats. */
final class TestImages {
    private TestImages() {}

    /** A disk for Xen, as a build leaves it. */
    static Path disk(Path directory) {
        Path file = directory.resolve("app-xen-hvm.img");
        ImageWriter.of(Target.XEN_HVM).write(TestObjects.image(Target.XEN_HVM), file);
        return file;
    }

    /** A kernel for QEMU, as a build leaves it. */
    static Path kernel(Path directory) {
        Path file = directory.resolve("app.elf");
        ImageWriter.of(Target.QEMU).write(TestObjects.image(Target.QEMU), file);
        return file;
    }

    /** One of them that a format is made of. */
    static Path fitting(OutputFormat format, Path directory) {
        return format.fits(Target.QEMU) ? kernel(directory) : disk(directory);
    }
}
