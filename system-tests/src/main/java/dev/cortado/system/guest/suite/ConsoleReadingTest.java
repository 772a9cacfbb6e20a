package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.substrate.ConsoleStream;
import java.io.FileInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Who waits for input that never comes, or is about to; there may be the end of it. */
final class ConsoleReadingTest {
    private static final int ROUNDS = 200;

    @Test
    void whoIsAboutToWaitIsInterrupted() {
        Guest.required();
        byte[] bytes = new byte[1];
        long before = Keyboard.interruptions();
        Keyboard.interruptReaders();
        int nothing = Keyboard.isReadable() ? Keyboard.END_OF_INPUT : Keyboard.INTERRUPTED;
        assertTrue(Keyboard.interruptions() > before);
        assertEquals(nothing, ConsoleStream.readUnlessInterrupted(bytes, 0, 1, before));
        assertEquals(
                nothing, ConsoleStream.readUnlessInterrupted(bytes, 0, 1, Keyboard.NOT_WAITING));
    }

    /** Wherever the other thread is then: before it reads, about to wait, or waiting. */
    @Test
    void closingAStreamEndsItsRead() throws Exception {
        Guest.required();
        for (int i = 0; i < ROUNDS; i++) {
            FileInputStream in = new FileInputStream("/dev/stdin");
            TestThread reader = TestThread.start(() -> readNothing(in));
            if (i % 2 == 1) {
                Thread.yield();
            }
            in.close();
            reader.finish();
            assertThrows(IOException.class, in::read);
        }
    }

    private static void readNothing(FileInputStream in) {
        try {
            assertEquals(-1, in.read());
        } catch (IOException e) {
            // It was closed.
        }
    }
}
