package dev.cortado.image.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Passes on what a guest writes at its console. */
final class GuestOutput {
    private static final int BUFFER_BYTES = 1 << 16;

    private GuestOutput() {}

    /** Begins to, in a thread that ends with the guest. */
    static Thread show(InputStream guest, OutputStream output) {
        return Thread.ofPlatform()
                .name("console-output")
                .daemon()
                .start(() -> {
                    try (guest) {
                        copy(guest, output, () -> {});
                    } catch (IOException e) {
                        // The guest is gone, and its console with it.
                        return;
                    }
                });
    }

    /**
     * Until the guest's end: what has come is shown at once.
     *
     * @param arrived told each time that something has
     */
    static void copy(InputStream guest, OutputStream output, Runnable arrived) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = guest.read(buffer); count >= 0; count = guest.read(buffer)) {
            arrived.run();
            output.write(buffer, 0, count);
            output.flush();
        }
    }
}
