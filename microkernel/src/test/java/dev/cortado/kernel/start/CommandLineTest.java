package dev.cortado.kernel.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CommandLineTest {
    private static List<String> words(String text) {
        byte[] line = (text + "\0").getBytes(StandardCharsets.UTF_8);
        int[] starts = new int[100];
        int count = CommandLine.split(line, starts);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int end = starts[i];
            while (line[end] != 0) {
                end++;
            }
            words.add(new String(line, starts[i], end - starts[i], StandardCharsets.UTF_8));
        }
        return words;
    }

    @Test
    void partsAtWhiteSpace() {
        assertEquals(List.of(), words(""));
        assertEquals(List.of(), words(" \t\n "));
        assertEquals(List.of("a", "bc", "d"), words(" a  bc\td\n"));
    }

    @Test
    void quotesAndBackslashesKeep() {
        assertEquals(List.of("a b", "c"), words("\"a b\" c"));
        assertEquals(List.of("ab c"), words("a\"b c\""));
        assertEquals(List.of("", "x"), words("\"\" x"));
        assertEquals(List.of("a b", "\"", "\\"), words("a\\ b \\\" \\\\"));
        assertEquals(List.of("open end"), words("\"open end"));
        assertEquals(List.of("\\"), words("\\"));
    }

    @Test
    void survivesAnyLine() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            byte[] line = new byte[random.nextInt(40)];
            for (int i = 0; i < line.length; i++) {
                line[i] = (byte) "ab \"\\\0\t".charAt(random.nextInt(7));
            }
            int[] starts = new int[4];
            int count = CommandLine.split(line, starts);
            assertTrue(count <= starts.length);
            for (int i = 0; i < count; i++) {
                assertTrue(starts[i] >= 0 && starts[i] <= line.length);
            }
        }
    }
}
