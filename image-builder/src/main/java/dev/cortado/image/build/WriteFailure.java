package dev.cortado.image.build;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Says what to do when something cannot be written. */
final class WriteFailure {
    private WriteFailure() {}

    static UserError of(Path where, IOException e) {
        String reason = reason(e);
        String message =
                switch (e) {
                    case AccessDeniedException denied ->
                            "no permission to write to %s: choose another --output";
                    case FileAlreadyExistsException exists ->
                            "%s exists and is not a directory: choose another --output";
                    default ->
                            reason.contains("No space left") || reason.contains("quota")
                                    ? "the disk is full, or a quota used up, at %s:"
                                            + " free some space and build again"
                                    : "cannot write to %s ("
                                            + reason.replace("%", "%%")
                                            + "): choose another --output";
                };
        return new UserError(message.formatted(where), e);
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
