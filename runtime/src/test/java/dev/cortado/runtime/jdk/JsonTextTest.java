package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** RFC 8259, section 7. */
class JsonTextTest {
    @Test
    void escapesWhatMustBeEscaped() {
        assertEquals("\"a\\\"b\\\\c/\u00e9\"", JsonText.quote("a\"b\\c/\u00e9"));
        assertEquals("\"\\b\\f\\n\\r\\t\"", JsonText.quote("\b\f\n\r\t"));
        assertEquals("\"\\u0000\\u001f\\u000b \"", JsonText.quote("\0\u001f\u000b "));
    }
}
