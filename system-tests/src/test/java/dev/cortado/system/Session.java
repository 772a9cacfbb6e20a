package dev.cortado.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A guest that somebody sits in front of: types, looks at what is shown, types again. */
public final class Session implements AutoCloseable {
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(2);

    /** A hundred thousand connections, or a store's whole load, come before some ends. */
    private static final Duration END_PATIENCE = Duration.ofMinutes(10);

    private static final long PAUSE_MILLIS = 20;

    private final List<String> command;
    private final Process process;
    private final OutputStream keys;
    private final InputStream screen;
    private final StringBuilder shown = new StringBuilder();
    private int seen;

    public Session(List<String> command) {
        this.command = List.copyOf(command);
        // What runs the tests may ignore some, as a shell's background jobs and nohup do.
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
        words.addAll(command);
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys = process.getOutputStream();
        screen = process.getInputStream();
    }

    /** Types it; everything shown before is passed over by {@link #await}. */
    public void type(String text) {
        seen = shown.length();
        try {
            keys.write(text.getBytes(StandardCharsets.ISO_8859_1));
            keys.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("after: " + shown, e);
        }
    }

    /**
     * Waits until that is shown.
     *
     * @return what was shown since {@link #type}, up to its end
     */
    public String await(String text) {
        return shown.substring(seen, find(text, seen) + text.length());
    }

    /** Waits until that is shown, and gives it with the rest of its line. */
    public String awaitLine(String text) {
        int at = find(text, seen);
        return shown.substring(at, find("\n", at));
    }

    private int find(String text, int from) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        int at = shown.indexOf(text, from);
        while (at < 0) {
            if (System.nanoTime() > deadline || !read()) {
                throw new AssertionError("no \"" + text + "\" in:\n" + shown.substring(from));
            }
            at = shown.indexOf(text, from);
        }
        return at;
    }

    /** What the process has computed so far, on all processors. */
    public Duration computed() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Sends the process itself a signal. */
    public void signal(String name) {
        try {
            String[] kill = {"kill", "-" + name, Long.toString(process.pid())};
            if (new ProcessBuilder(kill).inheritIO().start().waitFor() != 0) {
                throw new AssertionError("no process " + process.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Kills it, as a power cut does; what it has shown before is still to be awaited. */
    public void kill() {
        // Without the hypervisor, its process, the runner ends by itself.
        List<ProcessHandle> processes = process.descendants().toList();
        (processes.isEmpty() ? List.of(process.toHandle()) : processes)
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Waits until that is in a file. */
    static void awaitIn(Path file, String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!Files.exists(file) || !Files.readString(file).contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no \"" + text + "\" in:\n" + Files.readString(file));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Types no more, and waits for the guest's end. */
    public Outcome end() {
        try {
            keys.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return awaitEnd();
    }

    /** Waits for the guest's end, for ten minutes at most. */
    public Outcome awaitEnd() {
        return awaitEnd(END_PATIENCE);
    }

    /** Waits for the guest's end. */
    Outcome awaitEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (read()) {
                requireBefore(deadline, patience);
            }
            // It may have closed its console, and go on.
            while (!process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                requireBefore(deadline, patience);
            }
            return new Outcome(process.exitValue(), shown.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void requireBefore(long deadline, Duration patience) {
        if (System.nanoTime() - deadline > 0) {
            throw new AssertionError(
                    "no end within %s of %s, which has shown:\n%s"
                            .formatted(patience, String.join(" ", command), shown));
        }
    }

    /** False at the end of what is shown. */
    private boolean read() {
        try {
            if (screen.available() == 0 && process.isAlive()) {
                Thread.sleep(PAUSE_MILLIS);
                return true;
            }
            byte[] bytes = new byte[Math.max(1, screen.available())];
            int count = screen.read(bytes);
            if (count > 0) {
                shown.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            }
            return count >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        // The hypervisor is a process of the runner's: it would compute on for ever.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
