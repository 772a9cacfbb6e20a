package dev.cortado.image.run;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A domain's console: the terminal device that xenconsoled has made for it. {@code xl console} is
 * not used because it passes input on from terminals only, and takes Ctrl-C away from them.
 */
final class XenConsole {
    private final Path device;
    private volatile long lastByte = System.nanoTime();

    XenConsole(Path device) {
        this.device = device;
    }

    /** Shows what the guest writes, from now on. */
    Thread show(OutputStream output) {
        return start(
                "console-output",
                () -> {
                    try (InputStream guest = new FileInputStream(device.toFile())) {
                        GuestOutput.copy(guest, output, () -> lastByte = System.nanoTime());
                    } catch (IOException e) {
                        // The domain is gone, and its console with it.
                        return;
                    }
                });
    }

    /** Passes on what is typed. */
    Thread feed(SharedInput input) throws IOException {
        OutputStream guest = new FileOutputStream(device.toFile());
        return start(
                "console-input",
                () -> {
                    try (guest) {
                        new GuestInput(input, guest, () -> true).run();
                    } catch (IOException e) {
                        // The domain is gone, and its console with it.
                        return;
                    }
                });
    }

    /** How long it has been silent. */
    long silentMillis() {
        return (System.nanoTime() - lastByte) / 1_000_000;
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
