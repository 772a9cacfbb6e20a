package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgramStartTest {
    /** The command line has bytes, and what a source says of the same property has characters. */
    @Test
    void wordsNamePropertiesInUtf8() {
        byte[] word = "-Dgr\u00f6\u00dfe=\u00fc=1".getBytes(StandardCharsets.UTF_8);
        String read = new String(word, StandardCharsets.ISO_8859_1);
        assertEquals("gr\u00f6\u00dfe", ProgramStart.propertyOf(read));
        assertEquals("x", ProgramStart.propertyOf("-Dx"));
        assertEquals("", ProgramStart.propertyOf("-D=x"));
    }
}
