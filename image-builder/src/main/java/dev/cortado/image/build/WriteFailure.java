package dev.cortado.image.build;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says what has happened to a build whose files cannot be written or read, and what to do. */
final class WriteFailure {
    private WriteFailure() {}

    /**
     * @param where the directory that the build writes to
     */
    static UserError of(Path where, IOException e) {
        String reason = reason(e);
        if (reason.contains("No space left") || reason.contains("quota")) {
            return error(
                    "the disk is full, or a quota used up, at %s: free some space and build again",
                    e, where);
        }
        if (!(e instanceof FileSystemException failure) || failure.getFile() == null) {
            return error("the build has failed (%s): see --verbose", e, reason);
        }
        Path file = Path.of(failure.getFile()).toAbsolutePath();
        if (!file.startsWith(where.toAbsolutePath())) {
            return error("%s cannot be used (%s)", e, file, reason);
        }
        return switch (e) {
            case AccessDeniedException denied ->
                    error("no permission to write to %s: choose another --output", e, where);
            case FileAlreadyExistsException exists ->
                    error("%s exists and is not a directory: choose another --output", e, where);
            default -> error("cannot write to %s (%s): choose another --output", e, where, reason);
        };
    }

    private static UserError error(String message, IOException e, Object... words) {
        return new UserError(message.formatted(words), e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "no permission";
            case FileSystemException failure when failure.getReason() != null ->
                    failure.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
