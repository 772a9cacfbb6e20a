package dev.cortado.image.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Collects what QEMU itself has to say, which is little: its last lines are enough. */
final class QemuMessages extends Thread {
    private static final int MOST_LINES = 5;
    private static final long PATIENCE_MILLIS = 1000;

    private final InputStream stream;
    private final Deque<String> lines = new ArrayDeque<>();

    QemuMessages(InputStream stream) {
        super("qemu-messages");
        this.stream = stream;
        setDaemon(true);
    }

    @Override
    public void run() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            // QEMU has ended.
            return;
        }
    }

    /** The last lines, without QEMU's name, once QEMU has ended. */
    String text() throws InterruptedException {
        join(PATIENCE_MILLIS);
        return joined();
    }

    /** The same, of what QEMU has said until it ended. */
    static String lastLines(InputStream stream) {
        QemuMessages messages = new QemuMessages(stream);
        messages.run();
        return messages.joined();
    }

    private String joined() {
        synchronized (lines) {
            return String.join("; ", lines);
        }
    }

    private void add(String line) {
        // TCG cannot do all that "-cpu max" promises and says so at each start.
        if (line.isBlank() || line.contains("TCG doesn't support requested feature")) {
            return;
        }
        synchronized (lines) {
            if (lines.size() == MOST_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line.replaceFirst("^qemu-system-x86_64: ", "").strip());
        }
    }
}
