package dev.cortado.system.xen.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running QEMU, told what to do through its monitor; "QEMU Machine Protocol Specification". */
final class QemuMonitor implements AutoCloseable {
    private static final Pattern FORWARD =
            Pattern.compile("TCP\\[HOST_FORWARD\\]\\s+\\d+\\s+\\S+\\s+(\\d+)");

    /** For a snapshot to be written or read. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final BufferedReader answers;
    private final Thread killer;

    QemuMonitor(List<String> command, Path log) {
        try {
            process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = process.inputReader(StandardCharsets.UTF_8);
        killer = new Thread(process::destroyForcibly, "qemu-killer");
        Runtime.getRuntime().addShutdownHook(killer);
        execute("qmp_capabilities", "");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Saves the machine's state without its memory, which is in a file. The machine is then
     * stopped.
     */
    void save(Path state) {
        ignoreSharedMemory();
        execute("migrate", "\"uri\": \"exec:cat > %s\"".formatted(state));
        awaitMigration();
    }

    /** Continues from a saved state. */
    void restore(Path state) {
        ignoreSharedMemory();
        execute("migrate-incoming", "\"uri\": \"exec:cat %s\"".formatted(state));
        awaitMigration();
    }

    /** The port of this machine that leads to dom0's server. */
    int serverPort() {
        String network = human("info usernet");
        Matcher port = FORWARD.matcher(network);
        if (!port.find()) {
            throw new IllegalStateException("QEMU forwards no port:\n" + network);
        }
        return Integer.parseInt(port.group(1));
    }

    /** A command for people. */
    private String human(String line) {
        return execute("human-monitor-command", "\"command-line\": \"%s\"".formatted(line));
    }

    private void ignoreSharedMemory() {
        String capability = "{\"capability\": \"x-ignore-shared\", \"state\": true}";
        execute("migrate-set-capabilities", "\"capabilities\": [%s]".formatted(capability));
    }

    private void awaitMigration() {
        Polling.await(PATIENCE, this::hasMigrated, () -> execute("query-migrate", ""));
    }

    private boolean hasMigrated() {
        String status = execute("query-migrate", "");
        if (status.contains("\"status\": \"failed\"")) {
            throw new IllegalStateException("QEMU: " + status);
        }
        return status.contains("\"status\": \"completed\"");
    }

    private String execute(String command, String arguments) {
        try {
            String request =
                    "{\"execute\": \"%s\", \"arguments\": {%s}}\n".formatted(command, arguments);
            process.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            String answer = answers.readLine();
            while (answer != null && !answer.startsWith("{\"return\"")) {
                if (answer.startsWith("{\"error\"")) {
                    throw new IllegalStateException("QEMU refuses " + request + answer);
                }
                answer = answers.readLine();
            }
            if (answer == null) {
                throw new IllegalStateException("QEMU has ended, before an answer to " + request);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("QEMU has ended", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
