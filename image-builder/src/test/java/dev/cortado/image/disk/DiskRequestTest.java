package dev.cortado.image.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.TestManifest;
import dev.cortado.image.TestObjects;
import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks and mounts, checked against what an image was built with. */
class DiskRequestTest {
    @TempDir Path directory;

    private ImageFile image(boolean isDriven, boolean mounts) {
        List<String> options = new ArrayList<>(TestObjects.MANIFEST.options());
        BuiltMounts.addTo(Map.of(), List.of(), mounts)
                .forEach((key, value) -> options.add("--define=" + key + "=" + value));
        TestManifest manifest = new TestManifest().options(options);
        if (isDriven) {
            manifest.drivers("virtio.block");
        }
        return manifest.image(directory.resolve("image"), ImageFormat.ELF);
    }

    private DiskRequest request(String... mounts) {
        return DiskRequest.of(List.of(directory.resolve("disk") + ":1M"), List.of(mounts));
    }

    @Test
    void anImageWithDisksGetsThem() {
        request("/data=vda:ext4").prepare(image(true, true));
        assertTrue(Files.exists(directory.resolve("disk")));
        DiskRequest.NONE.prepare(image(false, false));
    }

    /** Its program may have a use of its own for a disk, but nobody mounts anything. */
    @Test
    void anImageThatMountsNothingSaysHowToBuildOneThatDoes() {
        request().prepare(image(true, false));
        UserError e =
                assertThrows(
                        UserError.class,
                        () -> request("/data=vda:ext4").prepare(image(true, false)));
        assertEquals(
                "--mount /data=vda:ext4: the image "
                        + directory.resolve("image")
                        + " mounts no disks; build it with --with-disks",
                e.getMessage());
    }

    @Test
    void anImageWithoutADriverGetsNoDisk() {
        UserError e = assertThrows(UserError.class, () -> request().prepare(image(false, false)));
        assertEquals(
                "--disk "
                        + directory.resolve("disk")
                        + ": the image "
                        + directory.resolve("image")
                        + " has no driver for disks; build it with --with-disks",
                e.getMessage());
        assertTrue(Files.notExists(directory.resolve("disk")));
    }
}
