package dev.cortado.image.inspect;

import dev.cortado.boot.disk.DiskImage;
import dev.cortado.image.TestObjects;
import dev.cortado.image.image.DiskImageWriter;
import dev.cortado.image.image.ElfImageWriter;
import dev.cortado.image.image.GuestImage;
import dev.cortado.image.image.SideFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image on disk, with what a build leaves beside it. */
final class InspectedImage {
    static final String SIZES =
            """
            {"code":{"java.util.HashMap":3000,"java.util.HashMap$Node":200,"Hello":50,
              "com.oracle.svm.core.Isolates":1000,"dev.cortado.kernel.Console":400},
             "heap":{"java.lang.String":{"count":10,"bytes":240},
              "byte[] for strings":{"count":9,"bytes":900},
              "java.lang.Class":{"count":3,"bytes":600}}}
            """;

    private InspectedImage() {}

    /** Writes the image as a disk. */
    static Path writeDisk(Path directory) {
        Path file = directory.resolve("hello.img");
        new DiskImageWriter(DiskImage.Signer.NONE).write(TestObjects.image(), file);
        return file;
    }

    /** Writes the image with all side files; returns its path. */
    static Path write(Path directory) throws IOException {
        Path file = directory.resolve("hello");
        GuestImage image = TestObjects.image();
        new ElfImageWriter().write(image, file);
        SideFiles.writeDebug(image, file);
        Files.writeString(SideFiles.sizes(file), SIZES);
        return file;
    }
}
