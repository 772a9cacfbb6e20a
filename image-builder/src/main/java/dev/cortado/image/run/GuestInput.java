package dev.cortado.image.run;

import dev.cortado.boot.layout.ConsoleFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Passes standard input on to a guest's console, in {@link ConsoleFrames}: every byte as it is, and
 * the end of input. The console stays open: QEMU takes its input's hang-up for room for output, and
 * loses bytes that nobody has read yet.
 */
final class GuestInput implements Runnable {
    private final SharedInput input;
    private final OutputStream guest;

    GuestInput(SharedInput input, OutputStream guest) {
        this.input = input;
        this.guest = guest;
    }

    /** Begins to, in a thread that can be interrupted. */
    Thread start() {
        Thread thread = new Thread(this, "console-input");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        try {
            byte[] typed = input.take();
            while (typed.length > 0) {
                guest.write(framed(typed));
                guest.flush(); // somebody waits for the answer
                typed = input.take();
            }
            guest.write(ConsoleFrames.ESCAPE);
            guest.write(ConsoleFrames.END_OF_INPUT);
            guest.flush();
        } catch (IOException | InterruptedException e) {
            // The guest has ended, and has no use for more.
            return;
        }
    }

    private static byte[] framed(byte[] bytes) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream(bytes.length + 16);
        for (byte value : bytes) {
            if (value == ConsoleFrames.ESCAPE) {
                framed.write(ConsoleFrames.ESCAPE);
            }
            framed.write(value);
        }
        return framed.toByteArray();
    }
}
