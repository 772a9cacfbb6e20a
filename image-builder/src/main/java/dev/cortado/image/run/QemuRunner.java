package dev.cortado.image.run;

import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs an image in QEMU. The guest's console is this process's standard input and output, and its
 * exit code is the result.
 */
public final class QemuRunner implements Hypervisor {
    /** End of transmission: what a terminal sends for the end of input. */
    private static final int EOT = 4;

    private static final int INPUT_BYTES = 4096;
    private static final long GRACE_SECONDS = 2;

    private final Map<String, String> environment;
    private final InputStream input;
    private final PrintStream errors;

    /** A runner for the terminal that this process was started from. */
    public QemuRunner() {
        this(System.getenv(), System.in, System.err);
    }

    /**
     * @param environment with PATH, to look for QEMU
     * @param input what the guest reads
     * @param errors for messages about the guest's end
     */
    QemuRunner(Map<String, String> environment, InputStream input, PrintStream errors) {
        this.environment = environment;
        this.input = input;
        this.errors = errors;
    }

    @Override
    public int run(RunRequest request) {
        check(request);
        request.gdb().ifPresent(Gdb::requirePort);
        Qemu qemu = Qemu.find(environment.getOrDefault("PATH", ""));
        Accelerator accelerator =
                request.accelerator()
                        .orElseGet(() ->
                                new KvmProbe(qemu, KvmProbe.defaultCache(environment)).choose());
        Path status = null;
        try {
            status = Files.createTempFile("cortado-status-", ".txt");
            return run(request, qemu, accelerator, status);
        } catch (IOException e) {
            throw new UserError("cannot run %s: %s".formatted(qemu.executable(), e), e);
        } finally {
            delete(status);
        }
    }

    private static void check(RunRequest request) {
        if (request.cpus() < 1) {
            throw new UserError("--cpus must be at least 1");
        }
        // Reading it finds a damaged image here, with a word about it, and not in the guest.
        ImageFile image = ImageFile.read(request.image());
        HypervisorName.QEMU.requireRuns(image);
        request.memory().requireFor(image);
    }

    private int run(RunRequest request, Qemu qemu, Accelerator accelerator, Path status)
            throws IOException {
        if (request.gdb().isPresent()) {
            String command = Gdb.command(request.image(), request.gdb().getAsInt());
            errors.println("cortado: waiting for gdb: " + command);
        }
        Process process =
                new ProcessBuilder(qemu.command(request, accelerator, status))
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.PIPE)
                        .start();
        Thread killer =
                new Thread(
                        () -> {
                            end(process);
                            delete(status);
                        },
                        "qemu-killer");
        Runtime.getRuntime().addShutdownHook(killer);
        QemuMessages messages = new QemuMessages(process.getErrorStream());
        messages.start();
        feed(process.getOutputStream());
        try {
            boolean ended = waitFor(process, request);
            if (!ended) {
                end(process);
                errors.printf(
                        "cortado: the guest was ended after %s s%n",
                        request.timeout().orElseThrow().toSeconds());
                return TIMED_OUT;
            }
            return result(request, process.exitValue(), GuestStatus.read(status), messages);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            end(process);
            forget(killer);
        }
    }

    private int result(RunRequest request, int exitCode, GuestStatus status, QemuMessages messages)
            throws InterruptedException {
        return switch (status) {
            case GuestStatus.Exited exited -> exited.code() & 0xFF;
            case GuestStatus.Panicked panicked -> {
                String reason = panicked.reason();
                errors.println("cortado: image panicked" + (reason.isEmpty() ? "" : ": " + reason));
                yield PANIC;
            }
            case GuestStatus.Unstartable cause -> {
                errors.println("cortado: the guest could not start: " + cause.reason());
                yield DIED;
            }
            case GuestStatus.Unknown unknown -> {
                String message = messages.text();
                if (exitCode == 1 && !message.isEmpty()) {
                    throw new UserError(
                            "QEMU cannot run %s: %s".formatted(request.image(), message));
                }
                errors.println(
                        "cortado: the guest died without saying why (QEMU's exit code is %d%s)"
                                .formatted(exitCode, message.isEmpty() ? "" : "; " + message));
                yield DIED;
            }
        };
    }

    private static boolean waitFor(Process process, RunRequest request)
            throws InterruptedException {
        if (request.timeout().isEmpty()) {
            process.waitFor();
            return true;
        }
        return process.waitFor(request.timeout().get().toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Passes standard input on. QEMU does not get the terminal itself: it would switch echo and
     * line editing off, and leave it so if it were killed.
     */
    private void feed(OutputStream guest) {
        Thread feeder =
                new Thread(
                        () -> {
                            try (guest) {
                                byte[] typed = new byte[INPUT_BYTES];
                                for (int count = input.read(typed);
                                        count >= 0;
                                        count = input.read(typed)) {
                                    guest.write(typed, 0, count);
                                    guest.flush(); // somebody waits for the answer
                                }
                                guest.write(EOT);
                            } catch (IOException e) {
                                // The guest has ended, and has no use for more.
                                return;
                            }
                        },
                        "stdin");
        feeder.setDaemon(true);
        feeder.start();
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook has its work to do.
            return;
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // One line in the directory for temporary files does no harm.
            return;
        }
    }
}
