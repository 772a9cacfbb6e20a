package dev.cortado.image.xen;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.image.AtomicFile;
import dev.cortado.image.image.ImageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The configuration beside an image: {@code hello-xen-pvh.cfg} beside {@code hello-xen-pvh.elf}.
 * Its first line has a checksum of the rest. While that is right, nobody has edited the file, and a
 * build may replace it; one that was edited, or is somebody else's, stays as it is.
 */
public final class ConfigurationFile {
    private static final String NOTICE =
            "# Written by Cortado, which replaces it as long as nobody has changed it (%08x).\n";

    private static final Pattern WRITTEN =
            Pattern.compile(
                    "# Written by Cortado, [^\n]*\\(([0-9a-f]{8})\\)\\.\n(.*)", Pattern.DOTALL);

    private ConfigurationFile() {}

    /** What became of the file. */
    public enum Outcome {
        /** It was written. */
        WRITTEN,
        /** It was as it should be. */
        UNCHANGED,
        /** Somebody has changed it: it is left alone. */
        KEPT
    }

    /** Its place: that of the image, with another ending. */
    public static Path beside(Path image) {
        return image.resolveSibling(stem(image) + ".cfg");
    }

    /**
     * Writes the configuration of an image, unless somebody has edited it.
     *
     * @throws dev.cortado.image.UserError if the image cannot be read, or the file not be written
     */
    public static Outcome write(Path image, Target target) {
        Path file = beside(image);
        String expected = text(ImageFile.read(image), target);
        String found = read(file);
        if (expected.equals(found)) {
            return Outcome.UNCHANGED;
        }
        if (found != null && !isUntouched(found)) {
            return Outcome.KEPT;
        }
        AtomicFile.write(file, ByteBuffer.wrap(expected.getBytes(StandardCharsets.UTF_8)));
        return Outcome.WRITTEN;
    }

    private static String text(ImageFile image, Target target) {
        String body =
                new DocumentedConfiguration(
                                stem(image.file()),
                                target,
                                image.file().toAbsolutePath().normalize(),
                                DomainMemory.usual(image),
                                DomainMemory.imageEnd(image))
                        .render();
        return NOTICE.formatted(checksum(body)) + body;
    }

    private static String stem(Path image) {
        return image.getFileName().toString().replaceFirst("\\.(elf|img)$", "");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            // Not text, or not for us to read: somebody else's in any case.
            return "";
        }
    }

    private static boolean isUntouched(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        return matcher.matches()
                && matcher.group(1).equals("%08x".formatted(checksum(matcher.group(2))));
    }

    private static int checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
