package dev.cortado.image.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileClaimTest {
    private static final String OTHER_PROCESS =
            """
            import java.nio.channels.FileChannel;
            import java.nio.file.Path;
            import java.nio.file.StandardOpenOption;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    try (var channel = FileChannel.open(
                            Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                        System.out.print(channel.tryLock() == null ? "taken" : "free");
                    }
                }
            }
            """;

    @TempDir Path directory;

    @Test
    void oneHolderInThisJvm() throws IOException {
        Path file = directory.resolve("claim");
        try (FileClaim claim = FileClaim.of(file).orElseThrow()) {
            assertEquals(Optional.empty(), FileClaim.of(file));
            assertEquals(Optional.empty(), FileClaim.of(directory.resolve("./claim")));
        }
        FileClaim.of(file).orElseThrow().close();
    }

    @Test
    void othersThatAskInVainDoNotTakeItFromTheHolder() throws Exception {
        Path file = directory.resolve("claim");
        try (FileClaim claim = FileClaim.of(file).orElseThrow()) {
            assertEquals(Optional.empty(), FileClaim.of(file));
            assertEquals("taken", otherProcess(file));
        }
        assertEquals("free", otherProcess(file));
    }

    private String otherProcess(Path file) throws Exception {
        Path source = Files.writeString(directory.resolve("Program.java"), OTHER_PROCESS);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, source.toString(), file.toString()).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor() == 0);
        return output;
    }
}
