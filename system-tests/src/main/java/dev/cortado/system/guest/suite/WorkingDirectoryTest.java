package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.FileWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Relative paths, which begin in the root: programs keep their logs and uploads there. */
final class WorkingDirectoryTest {
    @Test
    void filesAndDirectoriesCanBeMade() throws IOException {
        Guest.required();
        assertTrue(new File("").getAbsoluteFile().canWrite());
        File logs = new File("logs");
        assertTrue(logs.mkdir());
        try (Writer out = new FileWriter("logs/today")) {
            out.write("text");
        }
        assertEquals("text", Files.readString(Path.of("/logs/today")));
        Path uploads = Files.createDirectories(Path.of("file-uploads/a/b"));
        assertTrue(uploads.toRealPath().startsWith("/file-uploads"));
        Files.move(Path.of("logs/today"), Path.of("yesterday"));
        assertFalse(Files.exists(Path.of("logs/today")));
        for (String each :
                new String[] {
                    "yesterday", "logs", "file-uploads/a/b", "file-uploads/a", "file-uploads"
                }) {
            Files.delete(Path.of(each));
        }
    }

    @Test
    void thereIsALimit() throws IOException {
        Guest.required();
        Path file = Path.of("large");
        byte[] part = new byte[1 << 20];
        long most = Runtime.getRuntime().maxMemory();
        try (OutputStream out = Files.newOutputStream(file)) {
            IOException e =
                    assertThrows(
                            IOException.class,
                            () -> {
                                for (long i = 0; i < most; i += part.length) {
                                    out.write(part);
                                }
                            });
            assertEquals("No space left on device", e.getMessage());
            assertEquals(0, Files.getFileStore(Path.of("/tmp")).getUsableSpace());
        } finally {
            Files.delete(file);
        }
        assertTrue(Files.getFileStore(Path.of("/tmp")).getUsableSpace() > 0);
    }
}
