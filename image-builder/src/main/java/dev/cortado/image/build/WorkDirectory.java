package dev.cortado.image.build;

import dev.cortado.image.ExitHook;
import dev.cortado.image.UserError;
import dev.cortado.image.cache.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary directory; one beside the image lets finished files be moved into place in one step.
 * It goes away with all it contains when it is closed, and when the user presses Ctrl-C.
 */
final class WorkDirectory implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Path path;
    private final ExitHook cleaner;

    private WorkDirectory(Path path) {
        this.path = path;
        cleaner = new ExitHook("work-directory-cleaner", this::delete);
    }

    /**
     * @throws UserError if the directory of {@code output} cannot be written to
     */
    static WorkDirectory beside(Path output) {
        Path parent = output.toAbsolutePath().getParent();
        if (parent == null || Files.isDirectory(output)) {
            throw new UserError(output + " is a directory: name a file with --output");
        }
        try {
            Files.createDirectories(parent);
            return new WorkDirectory(Files.createTempDirectory(parent, ".cortado-"));
        } catch (IOException e) {
            throw WriteFailure.of(parent, e);
        }
    }

    /** One of the system's, for what is not moved into place. */
    static WorkDirectory temporary() {
        try {
            return new WorkDirectory(Files.createTempDirectory("cortado-"));
        } catch (IOException e) {
            throw WriteFailure.of(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    Path path() {
        return path;
    }

    /** What must not be left half done when the user presses Ctrl-C. */
    interface Step {
        void run() throws IOException;
    }

    /** Does something that the directory's end waits for. */
    synchronized void finish(Step step) throws IOException {
        step.run();
    }

    @Override
    public void close() {
        delete();
        cleaner.close();
    }

    private synchronized void delete() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                FileTree.delete(path);
                return;
            } catch (IOException e) {
                // A compiler that is being killed may still write; it will be gone in a moment.
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
