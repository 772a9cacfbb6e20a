package dev.cortado.image.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void writesALineForEachThingThatHappens() {
        try (ConsoleProgress progress = progress(Style.PLAIN, false)) {
            progress.on(new ProgressEvent.Started("Compiling"));
            progress.on(new ProgressEvent.Step("Performing analysis", 2, 8));
            progress.on(new ProgressEvent.Output("detail"));
            progress.on(new ProgressEvent.Warning("odd"));
            progress.on(new ProgressEvent.Finished("Compiling", Duration.ofSeconds(62)));
        }
        String text = bytes.toString().replaceAll("\\d\\.\\d s", "T");
        assertEquals(
                """
                Compiling
                Compiling [2/8] Performing analysis T
                warning: odd
                done: Compiling (1 min 02 s)
                """,
                text);
    }

    @Test
    void showsDetailsToThoseWhoWantThem() {
        try (ConsoleProgress progress = progress(Style.PLAIN, true)) {
            progress.on(new ProgressEvent.Output("detail"));
        }
        assertEquals("  detail\n", bytes.toString());
    }

    @Test
    void rewritesOneLineOnATerminal() throws InterruptedException {
        try (ConsoleProgress progress = progress(new Style(true, false), false)) {
            progress.on(new ProgressEvent.Started("Compiling"));
            Thread.sleep(700);
        }
        String text = bytes.toString();
        assertFalse(text.contains("\n"), text);
        assertTrue(text.split("\r").length > 3, "drawn again while nothing happens: " + text);
        assertTrue(text.endsWith("\r\033[K"), "the line is left empty");
    }

    @Test
    void showsDurationsShortly() {
        assertEquals("0.4 s", ConsoleProgress.format(Duration.ofMillis(449)));
        assertEquals("12 s", ConsoleProgress.format(Duration.ofMillis(12_999)));
        assertEquals("61 min 05 s", ConsoleProgress.format(Duration.ofSeconds(3665)));
    }

    @Test
    void usesColoursOnlyWhereTheyAreWelcome() {
        assertEquals(new Style(true, true), Style.of(true, Map.of("TERM", "xterm")));
        assertEquals(new Style(true, true), Style.of(true, Map.of("NO_COLOR", "")));
        assertEquals(new Style(true, false), Style.of(true, Map.of("NO_COLOR", "1")));
        assertEquals(Style.PLAIN, Style.of(true, Map.of("TERM", "dumb")));
        assertEquals(Style.PLAIN, Style.of(false, Map.of()));
        assertEquals("x", Style.PLAIN.red("x"));
        assertEquals("\033[31mx\033[0m", new Style(true, true).red("x"));
    }

    private ConsoleProgress progress(Style style, boolean verbose) {
        return new ConsoleProgress(new PrintStream(bytes, true), style, verbose);
    }
}
