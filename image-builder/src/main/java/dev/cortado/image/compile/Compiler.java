package dev.cortado.image.compile;

import dev.cortado.image.ExitGuard;
import dev.cortado.image.UserError;
import dev.cortado.image.progress.ProgressListener;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compiles program, guest and the JDK's classes they reach into one relocatable object: runs
 * GraalVM's native-image builder in a JVM of its own.
 */
public final class Compiler {
    /** A JVM takes options from these, and they would change the image. */
    private static final Set<String> OPTION_VARIABLES =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    /** A process that a signal has ended has the signal's number and this as its exit code. */
    private static final int SIGNAL = 128;

    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final ProgressListener listener;

    /** This process is told to end, and the compiler with it. */
    private volatile boolean ended;

    public Compiler(ProgressListener listener) {
        this.listener = listener;
    }

    /**
     * @throws UserError if the compiler reports an error
     * @throws IOException if the work directory cannot be used or the JVM cannot be started
     */
    public CompileResult compile(CompileRequest request) throws IOException {
        CompilerCommand command = new CompilerCommand(request);
        CompilerOutput output = new CompilerOutput(listener);
        int exitCode = run(command.prepare(), request.workDirectory(), output);
        if (exitCode != 0) {
            throw new UserError(failure(exitCode, output));
        }
        return new CompileResult(object(command.temporary()), command.reports());
    }

    private int run(List<String> command, Path directory, CompilerOutput output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(directory.toFile());
        builder.environment().keySet().removeAll(OPTION_VARIABLES);
        // The compiler must not go on for a minute when the user has pressed Ctrl-C.
        try (ExitGuard<Process> guard =
                ExitGuard.start("compiler-killer", builder::start, this::kill)) {
            return follow(guard.started(), output);
        }
    }

    private void kill(Process process) {
        ended = true;
        process.destroyForcibly();
    }

    private static int follow(Process process, CompilerOutput output) throws IOException {
        try (Reader reader = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream().close();
            output.follow(reader);
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compiling", e);
        } finally {
            // Nobody may write to the work directory any more when this returns.
            process.destroyForcibly().onExit().join();
        }
    }

    private String failure(int exitCode, CompilerOutput output) {
        return switch (exitCode) {
            // ExitStatus.OUT_OF_MEMORY of native-image, and of a JVM by
            // -XX:+ExitOnOutOfMemoryError.
            case 3 ->
                    "the compiler ran out of memory: close other programs, or build on a machine"
                            + " with at least 4 GB";
            case SIGNAL + SIGKILL ->
                    ended
                            ? "the compiler was ended, because this program was told to end"
                            : "the compiler was ended by somebody (SIGKILL), perhaps by the system"
                                    + " because memory had run out: build again, with less beside"
                                    + " it";
            case SIGNAL + SIGTERM, SIGNAL + SIGINT, SIGNAL + SIGHUP ->
                    "the compiler was ended by somebody (signal %d): build again"
                            .formatted(exitCode - SIGNAL);
            default -> "the compiler failed: " + output.failure() + " (more with --verbose)";
        };
    }

    private static Path object(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".o"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the compiler has left no object file"));
        }
    }
}
