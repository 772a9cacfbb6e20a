package dev.cortado.image.guests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ConsoleFileTest {
    @TempDir Path directory;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private Path file;
    private ConsoleFile console;

    @BeforeEach
    void makeAConsole() {
        file = directory.resolve("console");
        console = new ConsoleFile(file, new PrintStream(shown));
    }

    @ParameterizedTest
    @CsvSource({
        "a|b|c|, 2, b|c|",
        "a|b|c, 2, b|c",
        "a|b|c|, 3, a|b|c|",
        "a|b|c|, 4, a|b|c|",
        "a||, 1, |",
        "|, 1, |",
        "a, 1, a",
    })
    void showsTheLastLines(String text, long lines, String expected) throws IOException {
        Files.writeString(file, text.replace('|', '\n'));
        console.show(lines);
        assertEquals(expected, text().replace('\n', '|'));
    }

    @Test
    void showsNothingOfNothing() throws IOException {
        Files.writeString(file, "");
        console.show(5);
        Files.writeString(file, "a\nb");
        console.show(0);
        assertEquals("", text());
        assertThrows(
                IOException.class,
                () -> new ConsoleFile(directory.resolve("none"), System.out).show(1));
    }

    @Test
    void passesBytesOnAsTheyAre() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);
        Files.write(file, bytes);
        console.show(ConsoleFile.ALL);
        assertArrayEquals(bytes, shown.toByteArray());
    }

    @Test
    void findsLinesThatAreFarFromTheEnd() throws IOException {
        List<String> lines = IntStream.range(0, 30_000).mapToObj(i -> "line " + i).toList();
        Files.write(file, lines);
        console.show(20_000);
        String expected = lines.stream().skip(10_000).collect(Collectors.joining("\n", "", "\n"));
        assertEquals(expected, text());
    }

    @Test
    void followsUntilTheGuestHasEnded() throws Exception {
        Files.writeString(file, "a\nb\n");
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> following = follow(1, ended);
        Waiting.until(() -> text().equals("b\n"), "the last line");
        append("c");
        Waiting.until(() -> text().equals("b\nc"), "what was added");
        append("d\n");
        ended.set(true);
        following.get(50, TimeUnit.SECONDS);
        assertEquals("b\ncd\n", text());
    }

    @Test
    void beginsAgainWhenSomebodyHasMadeItEmpty() throws Exception {
        Files.writeString(file, "a long line\n");
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> following = follow(ConsoleFile.ALL, ended);
        Waiting.until(() -> !text().isEmpty(), "the line");
        Files.writeString(file, "b\n");
        ended.set(true);
        following.get(50, TimeUnit.SECONDS);
        assertEquals("a long line\nb\n", text());
    }

    @Test
    void endsWhenNobodyReadsAnyMore() throws Exception {
        Files.writeString(file, "a\n");
        PrintStream closed =
                new PrintStream(
                        new OutputStream() {
                            @Override
                            public void write(int value) throws IOException {
                                throw new IOException("broken pipe");
                            }
                        });
        new ConsoleFile(file, closed).follow(ConsoleFile.ALL, () -> false);
        assertTrue(closed.checkError());
    }

    @Test
    void anErrorsLinesAreFewAndHarmless() throws IOException {
        Files.writeString(file, "x\n".repeat(50) + "\033[2Jy\r\n\n" + "z".repeat(100_000));
        List<String> lines = ConsoleFile.lastLines(file, 3);
        assertEquals(1, lines.size());
        Files.writeString(file, "x\n\033[2Jy\r\n\nz");
        assertEquals(List.of("[2Jy", "z"), ConsoleFile.lastLines(file, 3));
        assertEquals(List.of(), ConsoleFile.lastLines(directory.resolve("none"), 3));
    }

    private CompletableFuture<Void> follow(long lines, AtomicBoolean ended) {
        return CompletableFuture.runAsync(() -> {
            try {
                console.follow(lines, ended::get);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private String text() {
        return shown.toString(StandardCharsets.ISO_8859_1);
    }
}
