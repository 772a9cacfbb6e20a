package dev.cortado.kernel.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MonitorTest {
    private final StringBuilder shown = new StringBuilder();
    private final MonitorText text =
            new MonitorText((bytes, count) ->
                    shown.append(new String(bytes, 0, count, StandardCharsets.US_ASCII)));
    private final Monitor monitor = new Monitor();

    private record Command(char key, String description) implements MonitorCommand {
        @Override
        public void run(MonitorText text) {
            text.text("<" + description + ">").line();
        }
    }

    @BeforeEach
    void addCommands() {
        monitor.add(new Command('m', "memory"));
        monitor.add(new Command('d', "dump"));
    }

    private String type(String keys) {
        shown.setLength(0);
        keys.chars().forEach(key -> monitor.handle((char) key, text));
        return shown.toString();
    }

    @Test
    void greetsAndPrompts() {
        assertEquals(
                "\nCortado's monitor: ? for help, q back to the program\nmonitor> ",
                type("\u0014"));
    }

    @Test
    void runsTheCommandOfALetter() {
        assertEquals("m\n<memory>\nmonitor> ", type("m"));
    }

    @Test
    void thereIsNoPromptAfterTheLastLetter() {
        assertEquals("q\n", type("q"));
    }

    @Test
    void dumpsWithoutAPrompt() {
        assertEquals("<dump>\n", type("\u001c"));
    }

    @Test
    void showsHelpForTheUnknownInTheOrderOfLetters() {
        String help = "d   dump\nm   memory\nq   back to the program\nmonitor> ";
        assertEquals("?\n" + help, type("?"));
        assertEquals("z\n" + help, type("z"));
    }

    @Test
    void endOfALineShowsThePromptAgain() {
        assertEquals("monitor> ", type("\n"));
        assertEquals("", type(" \u0001\u001b"));
    }

    @Test
    void lettersAreUnique() {
        assertThrows(IllegalArgumentException.class, () -> monitor.add(new Command('m', "more")));
        assertThrows(IllegalArgumentException.class, () -> monitor.add(new Command('q', "quit")));
        assertThrows(IllegalArgumentException.class, () -> monitor.add(new Command('?', "help")));
    }
}
