package dev.cortado.image.format;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.TestDisks;
import dev.cortado.image.format.xml.XmlDescriptor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that were made to do harm. */
class HardenedReadersTest {
    @TempDir Path directory;

    @Test
    void anEntityIsNotLookedUp() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        String text =
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"%s\">]><a>&x;</a>".formatted(secret.toUri());
        ByteSource file = TestDisks.source(text.getBytes(StandardCharsets.UTF_8));
        UserError error = assertThrows(UserError.class, () -> XmlDescriptor.read(file));
        assertTrue(error.getMessage().contains("no XML that can be read"), error.getMessage());
        assertRefused("<domain><!DOCTYPE x><kernel>a</kernel></domain>", "no XML that can be read");
    }

    @Test
    void deepElementsAreRefused() throws IOException {
        int depth = 100_000;
        assertRefused(
                "<domain>" + "<a>".repeat(depth) + "</a>".repeat(depth) + "</domain>",
                "no XML that can be read");
        assertRefused("{\"boot-source\":" + "[".repeat(depth), "");
    }

    @Test
    void whatADescriptorNamesHasToBeThere() throws IOException {
        assertRefused("<domain ></domain>", "neither kernel nor disk");
        assertRefused("<domain><kernel>none</kernel></domain>", "there is no file");
        assertRefused("<domain><kernel>/</kernel></domain>", "is not a file");
        assertRefused("{\"boot-source\":{}}", "it has no kernel");
        assertRefused("{\"boot-source\":{\"kernel_image_path\":\"a\\u0000b\"}}", "is no name");
        assertRefused("config.version = \"8\"\n", "it has no disk");
    }

    @Test
    void aTextOfCommentsIsLookedAtOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("text"), "<!---->".repeat(100_000));
        assertTimeout(Duration.ofSeconds(5), () -> error(file));
        Files.writeString(file, "config.version =" + "\n".repeat(65_000));
        assertTimeout(Duration.ofSeconds(5), () -> error(file));
    }

    /** Each leads to the next, and the last to the first. */
    @Test
    void circlesEnd() throws IOException {
        Path file = directory.resolve("circle.xml");
        Files.writeString(file, "<domain><kernel>circle.xml</kernel></domain>");
        assertTrue(error(file).contains("files in files in files"), error(file));
    }

    @Test
    void whatIsCompressedHasToBeAnArchive() throws IOException {
        Path file = directory.resolve("text.tgz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write("no archive".getBytes(StandardCharsets.US_ASCII));
        }
        assertTrue(error(file).contains("no archive"), error(file));
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = Files.writeString(directory.resolve("descriptor"), text);
        assertTrue(error(file).contains(message), error(file));
    }

    private static String error(Path file) {
        return assertThrows(
                        UserError.class,
                        () -> {
                            try (OpenedImage opened = OpenedImage.open(file)) {
                                opened.read();
                            }
                        })
                .getMessage();
    }
}
