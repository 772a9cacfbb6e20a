package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {
    @TempDir Path directory;

    @Test
    void readsTheReleaseFile() throws IOException {
        Path home = FakeJdk.create(directory.resolve("jdk"), "");
        assertEquals(new Jdk(home, "25.0.9+1", "Test"), Jdk.named(home));
    }

    @Test
    void findsTheOneThatThisTestRunsOn() {
        assertEquals(25, Integer.parseInt(Jdk.find().version().replaceFirst("[.+-].*", "")));
    }

    @Test
    void saysWhatIsWrongWithTheOneNamed() throws IOException {
        Path old = FakeJdk.create(directory.resolve("old"), "21.0.1", "");
        assertMessage(old, "is release 21.0.1+1", "install JDK 25");
        Path similar = FakeJdk.create(directory.resolve("similar"), "250.1", "");
        assertMessage(similar, "is release 250.1+1", "--jdk");
        Path runtime = FakeJdk.create(directory.resolve("jre"), "");
        Files.delete(runtime.resolve("bin/javac"));
        assertMessage(runtime, "is a JRE", "install JDK 25");
        assertMessage(directory.resolve("nowhere"), "no JDK at", "install JDK 25");
        Path damaged = FakeJdk.create(directory.resolve("damaged"), "");
        Files.writeString(damaged.resolve("release"), "\\uX");
        assertMessage(damaged, "no JDK at", "install JDK 25");
    }

    @Test
    void looksAtTheLikeliestPlacesFirst() throws IOException {
        Path onPath = FakeJdk.create(directory.resolve("on-path"), "");
        Path link = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(link.resolve("java"), onPath.resolve("bin/java"));
        Path installed = Files.createDirectories(directory.resolve("jvm"));
        Path second = Files.createDirectory(installed.resolve("b"));
        Path first = Files.createDirectory(installed.resolve("a"));
        Path mac = Files.createDirectories(installed.resolve("c/Contents/Home"));
        Path running = Path.of("/running");

        var found =
                JdkSearch.candidates(
                        Map.of("JAVA_HOME", "/java-home", "PATH", ":\0:/none:" + link),
                        running,
                        List.of(directory.resolve("none"), installed));

        assertEquals(
                List.of(running, Path.of("/java-home"), onPath.toRealPath(), first, second, mac),
                new ArrayList<>(found));
    }

    private static void assertMessage(Path home, String... parts) {
        UserError error = assertThrows(UserError.class, () -> Jdk.named(home));
        for (String part : parts) {
            assertTrue(error.getMessage().contains(part), error.getMessage());
        }
        assertTrue(error.getMessage().contains(home.toString()), error.getMessage());
    }
}
