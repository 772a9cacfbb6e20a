import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds images for PVH domUs of Xen. */
final class XenImage {
    private XenImage() {}

    static Path build(Path root, Path classes, String mainClass, Path image)
            throws IOException, InterruptedException {
        Files.createDirectories(image.getParent());
        Process process =
                new ProcessBuilder(
                                root.resolve("image-builder/target/cortado/bin/cortado").toString(),
                                "build",
                                "--class-path",
                                classes.toString(),
                                "--main-class",
                                mainClass,
                                "--target",
                                "xen-pvh",
                                "--output",
                                image.toString())
                        .inheritIO()
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException("the image was not built");
        }
        return image;
    }
}
