package dev.cortado.kernel.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.ConsoleFrames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ConsoleInputTest {
    private final ConsoleInput input = new ConsoleInput();
    private final ByteArrayOutputStream echo = new ByteArrayOutputStream();
    private int events;

    private void type(String keys) {
        for (byte key : keys.getBytes(StandardCharsets.UTF_8)) {
            events |= input.accept(key);
            for (int i = 0; i < input.echoed(); i++) {
                echo.write(input.echo(i));
            }
        }
    }

    private String read() {
        byte[] bytes = new byte[input.queue().available()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = input.queue().take();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void framedBytesArriveAsTheyAre() {
        input.setFramed(true);
        byte[] all = new byte[2048];
        new Random(3).nextBytes(all);
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        for (byte value : all) {
            if (value == ConsoleFrames.ESCAPE) {
                assertEquals(0, input.accept((byte) ConsoleFrames.ESCAPE));
            }
            assertEquals(ConsoleInput.READABLE, input.accept(value));
        }
        assertEquals(all.length, input.queue().available());
        for (byte value : all) {
            assertEquals(value, input.queue().take());
        }
        assertFalse(input.queue().hasEnded());
        assertEquals(0, input.echoed());
    }

    @Test
    void theEndOfFramedInputIsNoByte() {
        input.setFramed(true);
        type("a\4");
        assertFalse(input.queue().hasEnded());
        input.accept((byte) ConsoleFrames.ESCAPE);
        assertEquals(ConsoleInput.READABLE, input.accept((byte) ConsoleFrames.END_OF_INPUT));
        assertTrue(input.queue().hasEnded());
        assertEquals("a\4", read());
    }

    @Test
    void nothingIsTakenThatThereIsNoRoomFor() {
        input.setFramed(true);
        for (int i = 0; i < InputQueue.CAPACITY; i++) {
            assertTrue(input.hasRoom());
            input.accept((byte) 'x');
        }
        assertFalse(input.hasRoom());
        input.queue().take();
        assertTrue(input.hasRoom());
    }

    @Test
    void aTerminalsLineIsReadOnceItIsComplete() {
        type("ab");
        assertEquals("", read());
        type("c\r");
        assertEquals("abc\n", read());
        assertArrayEquals("abc\r\n".getBytes(), echo.toByteArray());
    }

    @Test
    void carriageReturnAndLineFeedAreOneLinesEnd() {
        type("a\r\nb\r\n\nc\n\rd\r");
        assertEquals("a\nb\n\nc\n\nd\n", read());
    }

    @Test
    void aLineCanBeEdited() {
        type("ab\u007f\u007f\u007fxy\bz\r");
        assertEquals("xz\n", read());
        type("gone\u0015there\r");
        assertEquals("there\n", read());
        type("caf\u00e9\u007fe\r");
        assertEquals("cafe\n", read());
        type("\r\u007f");
        assertEquals("\n", read());
    }

    @Test
    void endOfFileEndsTheInputAtTheBeginningOfALineOnly() {
        type("part\4");
        assertEquals("part", read());
        assertFalse(input.queue().hasEnded());
        type("\4");
        assertTrue(input.queue().hasEnded());
    }

    @Test
    void controlCAsksForTheEnd() {
        type("x\3");
        assertEquals(ConsoleInput.INTERRUPT, events & ConsoleInput.INTERRUPT);
        type("y\r");
        assertEquals("xy\n", read());
    }

    @Test
    void aLineThatDoesNotEndCanBeReadWhenTheQueueIsFull() {
        type("x".repeat(InputQueue.CAPACITY));
        assertFalse(input.hasRoom());
        assertEquals(InputQueue.CAPACITY, read().length());
        assertTrue(input.hasRoom());
    }

    @Test
    void monitorKeysAreTheProgramsWhereTheyAreOff() {
        input.setFramed(true);
        type("\u001c\u0014?q");
        assertEquals(ConsoleInput.READABLE, events);
        assertEquals("\u001c\u0014?q", read());
    }

    @Test
    void monitorKeysComeThroughWhenNobodyReads() {
        input.setFramed(true);
        input.setMonitorKeys(true);
        type("x".repeat(InputQueue.CAPACITY + 5));
        assertTrue(input.hasRoom());
        assertEquals(ConsoleInput.FOR_MONITOR, input.accept((byte) 0x1c));
        assertEquals(InputQueue.CAPACITY, read().length());
    }

    @Test
    void theEndOfInputClosesTheMonitor() {
        input.setFramed(true);
        input.setMonitorKeys(true);
        type("\u0014m");
        input.accept((byte) ConsoleFrames.ESCAPE);
        input.accept((byte) ConsoleFrames.END_OF_INPUT);
        assertTrue(input.queue().hasEnded());
    }
}
