package dev.cortado.kernel.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.ArrayMemory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CommandWordsTest {
    static final long TEXT = 8;

    /** Memory that begins with the text, and has room for one more byte. */
    static ArrayMemory memory(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ArrayMemory memory = new ArrayMemory((int) TEXT + bytes.length + 1);
        for (int i = 0; i < bytes.length; i++) {
            memory.writeByte(TEXT + i, bytes[i]);
        }
        memory.writeByte(TEXT + bytes.length, (byte) 'x');
        return memory;
    }

    static String word(ArrayMemory memory, long word) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long at = word; memory.readByte(at) != 0; at++) {
            bytes.write(memory.readByte(at));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<String> words(String text) {
        ArrayMemory memory = memory(text);
        CommandWords words = new CommandWords(memory);
        int count = words.split(TEXT, text.getBytes(StandardCharsets.UTF_8).length);
        List<String> result = new ArrayList<>();
        long word = TEXT;
        for (int i = 0; i < count; i++) {
            result.add(word(memory, word));
            word = words.next(word);
        }
        return result;
    }

    @Test
    void partsAtWhiteSpace() {
        assertEquals(List.of(), words(""));
        assertEquals(List.of(), words(" \t\n "));
        assertEquals(List.of("a", "bc", "d"), words(" a  bc\td\n"));
        assertEquals(List.of("a", "b"), words("a\r\nb\r\n"));
    }

    @Test
    void quotesAndBackslashesKeep() {
        assertEquals(List.of("a b", "c"), words("\"a b\" c"));
        assertEquals(List.of("ab c"), words("a\"b c\""));
        assertEquals(List.of("", "x"), words("\"\" x"));
        assertEquals(List.of("a b", "\"", "\\"), words("a\\ b \\\" \\\\"));
        assertEquals(List.of("open end"), words("\"open end"));
        assertEquals(List.of("\\"), words("\\"));
        assertEquals(List.of("caf\u00e9"), words("caf\u00e9"));
    }

    @Test
    void aZeroEndsTheText() {
        assertEquals(List.of("a"), words("a\0b c"));
    }

    @Test
    void comparesWholeWordsAndTheirBeginnings() {
        ArrayMemory memory = memory("cortado.x=1 --");
        CommandWords words = new CommandWords(memory);
        assertEquals(2, words.split(TEXT, 14));
        assertTrue(words.startsWith(TEXT, "cortado.".getBytes()));
        assertFalse(words.startsWith(TEXT, "cortado.x=12".getBytes()));
        assertFalse(words.is(TEXT, "cortado.".getBytes()));
        byte[][] texts = {"console=".getBytes(), "cortado.x=".getBytes()};
        assertTrue(words.startsWithOne(TEXT, texts));
        assertFalse(words.startsWithOne(words.next(TEXT), texts));
        assertTrue(words.is(words.next(TEXT), "--".getBytes()));
    }

    @Test
    void findsWhatMayBeAnOptionOfTheRuntime() {
        assertFalse(haveOption(""));
        assertFalse(haveOption("a -Dx=y b-c"));
        assertTrue(haveOption("a -Xmx64m"));
        assertTrue(haveOption("-XX:+PrintGC"));
        assertTrue(haveOption("-Dx=y -"));
    }

    private static boolean haveOption(String text) {
        CommandWords words = new CommandWords(memory(text));
        return words.haveOption(TEXT, words.split(TEXT, text.length()));
    }

    @Test
    void survivesAnyText() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append("ab \"\\\0\t".charAt(random.nextInt(7)));
            }
            assertTrue(words(text.toString()).size() <= text.length());
        }
    }
}
