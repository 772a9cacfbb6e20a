package dev.cortado.kernel.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MonitorTextTest {
    private final StringBuilder shown = new StringBuilder();
    private final MonitorText text =
            new MonitorText((bytes, count) ->
                    shown.append(new String(bytes, 0, count, StandardCharsets.US_ASCII)));

    @Test
    void numbersAreThoseOfJava() {
        long[] numbers = {0, 7, 10, 1234567890123L, -1, -10, Long.MAX_VALUE, Long.MIN_VALUE};
        for (long number : numbers) {
            shown.setLength(0);
            text.number(number).flush();
            assertEquals(Long.toString(number), shown.toString());
        }
    }

    @Test
    void hexadecimalNumbersAreThoseOfJava() {
        long[] numbers = {0, 1, 0xf, 0x10, 0xdeadbeefL, -1, Long.MIN_VALUE};
        for (long number : numbers) {
            shown.setLength(0);
            text.hex(number).flush();
            assertEquals("0x" + Long.toHexString(number), shown.toString());
        }
    }

    @Test
    void timesAreMilliseconds() {
        text.milliseconds(12_034_567).character(' ').milliseconds(999).character(' ');
        text.milliseconds(-5).flush();
        assertEquals("12.034 0.000 0.000", shown.toString());
    }

    @Test
    void columnsLineUpAndNeverTouch() {
        text.text("a").column(4).text("b").line();
        text.text("long word").column(4).text("b").line();
        text.column(2).text("c").line();
        assertEquals("a   b\nlong word b\n  c\n", shown.toString());
    }

    @Test
    void linesLongerThanTheBufferAreWhole() {
        String line = "x".repeat(1000);
        text.text(line).column(1003).text("y").line().text("z").column(2).text("z").line();
        assertEquals(line + "   y\nz z\n", shown.toString());
    }

    @Test
    void charactersBeyondAsciiAreQuestionMarks() {
        text.text("caf\u00e9 \u2615").line();
        assertEquals("caf? ?\n", shown.toString());
    }
}
