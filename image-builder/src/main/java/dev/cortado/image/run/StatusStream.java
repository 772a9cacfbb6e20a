package dev.cortado.image.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a guest tells about itself, as it comes; its end is the end of the guest's machine. */
final class StatusStream {
    private final InputStream stream;
    private final StringBuilder told = new StringBuilder();
    private final CountDownLatch end = new CountDownLatch(1);
    private boolean isTooLong;

    StatusStream(InputStream stream) {
        this.stream = stream;
    }

    /** Begins to read, in a thread of its own. */
    StatusStream start() {
        Thread.ofVirtual().name("guest-status").start(this::read);
        return this;
    }

    private void read() {
        byte[] bytes = new byte[GuestStatus.LONGEST];
        try (stream) {
            for (int count = stream.read(bytes); count >= 0; count = stream.read(bytes)) {
                add(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // The machine is gone.
            return;
        } finally {
            end.countDown();
        }
    }

    /** A guest may write as much as it likes. */
    private synchronized void add(String text) {
        isTooLong |= told.length() + text.length() > GuestStatus.LONGEST;
        if (!isTooLong) {
            told.append(text);
        }
    }

    /** Whether the guest takes input, and its power button works. */
    synchronized boolean isReady() {
        return told.indexOf(GuestStatus.READY) == 0;
    }

    /** Waits for the end; false if it has not come in time. */
    boolean await(Optional<Duration> timeout) throws InterruptedException {
        if (timeout.isEmpty()) {
            end.await();
            return true;
        }
        return end.await(timeout.get().toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized GuestStatus status() {
        return isTooLong ? new GuestStatus.Unknown() : GuestStatus.of(told.toString());
    }
}
