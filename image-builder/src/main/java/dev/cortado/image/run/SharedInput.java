package dev.cortado.image.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What one guest after another reads. A read of a stream cannot be taken back: what comes in for a
 * guest that has ended meanwhile is the next one's, and nothing is read that nobody waits for.
 */
final class SharedInput {
    private static final int BUFFER_BYTES = 4096;

    private static SharedInput standard;

    private final InputStream stream;
    private byte[] next;
    private boolean ended;
    private boolean wanted;
    private boolean started;

    SharedInput(InputStream stream) {
        this.stream = stream;
    }

    /** This process's standard input. */
    static synchronized SharedInput standard() {
        if (standard == null || standard.stream != System.in) {
            standard = new SharedInput(System.in);
        }
        return standard;
    }

    /** The next bytes, none at the end of input; waits for them. */
    synchronized byte[] take() throws InterruptedException {
        if (!started) {
            started = true;
            Thread reader = new Thread(this::read, "stdin");
            reader.setDaemon(true);
            reader.start();
        }
        while (next == null && !ended) {
            wanted = true;
            notifyAll();
            wait();
        }
        byte[] taken = next == null ? new byte[0] : next;
        next = null;
        return taken;
    }

    private void read() {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            while (awaitDemand()) {
                int count = stream.read(buffer);
                put(count < 0 ? null : Arrays.copyOf(buffer, count));
            }
        } catch (IOException e) {
            put(null); // what cannot be read has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            put(null);
        }
    }

    /** False at the end of input. */
    private synchronized boolean awaitDemand() throws InterruptedException {
        while (!ended && (!wanted || next != null)) {
            wait();
        }
        return !ended;
    }

    private synchronized void put(byte[] bytes) {
        ended = bytes == null;
        next = bytes == null || bytes.length == 0 ? null : bytes;
        wanted = false;
        notifyAll();
    }
}
