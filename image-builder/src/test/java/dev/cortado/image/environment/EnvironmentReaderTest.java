package dev.cortado.image.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentReaderTest {
    private static final Map<String, String> HOST = Map.of("HOME", "/root", "EMPTY", "");

    @TempDir Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "variables", ".env"), text);
    }

    private static Map<String, String> forRun(List<String> words, Path... files) {
        return EnvironmentReader.forRun(words, List.of(files), HOST).values();
    }

    @Test
    void aNameAloneIsTheHosts() {
        assertEquals(
                Map.of("A", "b=c \"d\"", "B", "", "HOME", "/root", "EMPTY", ""),
                forRun(List.of("A=b=c \"d\"", "B=", "HOME", "EMPTY", "NOBODYS")));
    }

    @Test
    void linesOfAFileAreAsDockerHasThem() throws IOException {
        Path file = file("\uFEFFA=1\r\n\n# B=2\n \tC= \"three\" # 3 \nHOME\nNOBODYS\nD=☕");
        assertEquals(
                Map.of("A", "1", "C", " \"three\" # 3 ", "HOME", "/root", "D", "☕"),
                forRun(List.of(), file));
    }

    @Test
    void wordsCountMoreThanFilesAndTheLastOne() throws IOException {
        assertEquals(
                Map.of("A", "word", "B", "second", "C", "last"),
                forRun(
                        List.of("A=word", "C=first", "C=last"),
                        file("A=file\nB=first\n"),
                        file("B=second\n")));
    }

    @Test
    void refusesWhatIsNoVariable() throws IOException {
        assertRefused("--env: there is no name", () -> forRun(List.of("=b")));
        Path export = file("A=1\nexport B=2\n");
        assertRefused(
                export + ", line 2: \"export B\" is no variable's name",
                () -> forRun(List.of(), export));
        Path nameless = file("\n=1");
        assertRefused(nameless + ", line 2: there is no name", () -> forRun(List.of(), nameless));
        Path latin = file("");
        Files.write(latin, "A=é".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("--env-file " + latin + " is not UTF-8", () -> forRun(List.of(), latin));
        Path missing = directory.resolve("missing");
        assertRefused("cannot read --env-file " + missing + ": ", () -> forRun(List.of(), missing));
    }

    @Test
    void anImageTakesNothingFromTheHost() throws IOException {
        assertEquals(
                Map.of("A", "1", "B", "2"),
                EnvironmentReader.forBuild(List.of("A=1"), List.of(file("B=2"))).values());
        assertRefused(
                "environment: HOME has no value: write HOME=VALUE",
                () -> EnvironmentReader.forBuild(List.of("HOME"), List.of()));
        Path file = file("HOME");
        assertRefused(
                "environment: HOME has no value: write HOME=VALUE",
                () -> EnvironmentReader.forBuild(List.of(), List.of(file)));
    }

    private static void assertRefused(String message, Runnable reading) {
        UserError error = assertThrows(UserError.class, reading::run);
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
    }
}
