package dev.cortado.image.run;

import dev.cortado.boot.layout.ConsoleFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/**
 * Passes standard input on to a guest's console, in {@link ConsoleFrames}: every byte as it is, and
 * the end of input. The console stays open: QEMU takes its input's hang-up for room for output, and
 * loses bytes that nobody has read yet.
 */
final class GuestInput implements Runnable {
    /** For a guest that does not say when it is ready: it has been built by an older Cortado. */
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private static final long PAUSE_MILLIS = 20;

    private final SharedInput input;
    private final OutputStream guest;
    private final BooleanSupplier ready;

    /**
     * @param ready whether the guest takes input: while it boots, a serial port has room for one
     *     byte, and loses it when its buffer is switched on
     */
    GuestInput(SharedInput input, OutputStream guest, BooleanSupplier ready) {
        this.input = input;
        this.guest = guest;
        this.ready = ready;
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
            awaitGuest();
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

    private void awaitGuest() throws InterruptedException {
        long begin = System.nanoTime();
        while (!ready.getAsBoolean() && System.nanoTime() - begin < LONGEST_NANOS) {
            Thread.sleep(PAUSE_MILLIS);
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
