package dev.cortado.image.format.tar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.TestDisks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarTest {
    @TempDir Path directory;

    @Test
    void tarReadsWhatIsWritten() throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("a.tar"), archive());
        List<String> lines = Tools.run("tar", "--numeric-owner", "-tvf", file);
        assertEquals(3, lines.size(), lines.toString());
        assertTrue(lines.getFirst().matches("drwxr-xr-x 107/107 +0 1970-01-01 00:00 d/"));
        assertTrue(lines.get(1).matches("-rw-r--r-- 107/107 +5 1970-01-01 00:00 d/first"));
        assertTrue(lines.get(2).matches("-rw-r--r-- 0/0 +512 1970-01-01 00:00 second"));
    }

    @Test
    void theReaderReadsWhatIsWritten() throws IOException {
        ByteSource file = TestDisks.source(archive());
        assertTrue(TarArchive.is(file));
        TarArchive archive = TarArchive.open(file);
        assertEquals(List.of("d/first", "second"), archive.names());
        byte[] first = TestDisks.readAll(archive.file("d/first"));
        assertEquals("first", new String(first, StandardCharsets.US_ASCII));
        assertEquals(512, archive.file("second").size());
        assertThrows(UserError.class, () -> archive.file("third"));
    }

    /** The long name needs a prefix; other formats have longer ones in places of their own. */
    @ParameterizedTest
    @CsvSource({"ustar,90", "gnu,80", "pax,80"})
    void theReaderReadsWhatTarHasWritten(String format, int length)
            throws IOException, InterruptedException {
        String name = "a".repeat(length) + "/" + "b".repeat(8);
        Path member = directory.resolve(name);
        Files.createDirectories(member.getParent());
        Files.writeString(member, "contents");
        Path file = directory.resolve("a.tar");
        Tools.run("tar", "--format=" + format, "-cf", file, "-C", directory, "./" + name);
        TarArchive archive = TarArchive.open(TestDisks.source(Files.readAllBytes(file)));
        assertArrayEquals(
                "contents".getBytes(StandardCharsets.US_ASCII),
                TestDisks.readAll(archive.file(name)));
    }

    @Test
    void aMutatedArchiveIsReadOrRefused() throws IOException {
        TestDisks.assertSurvivesMutations(
                archive(), 2048, file -> TarArchive.open(file).file("second"));
    }

    @Test
    void whatIsNoArchiveIsNone() {
        assertFalse(TarArchive.is(TestDisks.source(new byte[100])));
        assertFalse(TarArchive.is(TestDisks.source(new byte[1024])));
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(out);
        writer.directory("d", 107);
        writer.file("d/first", 107, "first".getBytes(StandardCharsets.US_ASCII));
        writer.file("second", 0, TestDisks.source(new byte[512]));
        writer.finish();
        return out.toByteArray();
    }
}
