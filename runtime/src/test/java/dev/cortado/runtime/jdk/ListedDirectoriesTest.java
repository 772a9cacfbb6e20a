package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.imagefs.ImageFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListedDirectoriesTest {
    /** Of "content". */
    private static final String SHA_256 =
            "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

    @TempDir Path directory;

    @BeforeEach
    void writeAFile() throws IOException {
        Files.writeString(directory.resolve("a b+c"), "content");
    }

    private List<ImageFiles.Placed> read(String... lines) throws Exception {
        Path listing = directory.resolve("listing");
        Files.write(listing, List.of(lines));
        return ListedDirectories.read(listing);
    }

    private String mount() {
        return "mount /s%C3%A4tze " + directory.toUri();
    }

    @Test
    void readsWhatIsListed() throws Exception {
        List<ImageFiles.Placed> all =
                read(
                        mount(),
                        "directory 755 7 /",
                        "file 755 8 7 " + SHA_256 + " /a%20b+c",
                        "directory 755 9 /d",
                        "link 10 ../a%20b+c /d/link",
                        "mount /empty " + directory.toUri(),
                        "directory 755 11 /");
        assertEquals(List.of("/sätze", "/empty"), all.stream().map(each -> each.path()).toList());
        ImageFileSystem files = all.getFirst().files();
        Inode file = files.lookup(files.root(), FileName.of("a b+c"));
        ByteBuffer content = ByteBuffer.allocate(10);
        files.read(file, 0, content);
        assertEquals("content", StandardCharsets.UTF_8.decode(content.flip()).toString());
        assertEquals(0755, files.attributes(file).permissions());
        assertEquals(8, files.attributes(file).modified());
        assertEquals(7, files.attributes(files.root()).modified());
        Inode link =
                files.lookup(files.lookup(files.root(), FileName.of("d")), FileName.of("link"));
        assertEquals("../a b+c", new String(files.readLink(link), StandardCharsets.UTF_8));
        assertEquals(1, all.get(1).files().statistics().files());
    }

    @Test
    void refusesAFileThatIsNotAsItWasListed() throws IOException {
        String line = "file 644 8 7 " + SHA_256 + " /a%20b+c";
        Files.writeString(directory.resolve("a b+c"), "Content");
        assertChanged(line);
        Files.delete(directory.resolve("a b+c"));
        assertChanged(line);
    }

    private void assertChanged(String line) {
        Exception e =
                assertThrows(
                        ListedDirectories.ChangedException.class,
                        () -> read(mount(), "directory 755 7 /", line));
        assertEquals(
                directory.resolve("a b+c") + " has changed while the image was built: build again",
                e.getMessage());
    }

    @Test
    void refusesLinesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> read(mount(), "device 1 2 /x"));
    }
}
