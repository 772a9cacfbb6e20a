package dev.cortado.image.image;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole or not at all. */
public final class AtomicFile {
    private AtomicFile() {}

    /** What a file is to have in it, written anywhere in it and in any order. */
    @FunctionalInterface
    public interface Contents {
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes {@code contents} to {@code file}, replacing what was there.
     *
     * @throws UserError if that fails; nothing of it is left behind then
     */
    public static void write(Path file, ByteBuffer contents) {
        write(
                file,
                channel -> {
                    while (contents.hasRemaining()) {
                        channel.write(contents);
                    }
                });
    }

    /**
     * Has {@code contents} write {@code file}, replacing what was there; what is skipped is a hole.
     *
     * @throws UserError if that fails; nothing of it is left behind then
     */
    public static void write(Path file, Contents contents) {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            temporary,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                contents.writeTo(channel);
            }
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            remove(temporary, e);
            throw failed(file, e);
        } catch (UserError e) {
            remove(temporary, e);
            throw e;
        }
    }

    private static void remove(Path temporary, Exception cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static UserError failed(Path file, IOException cause) {
        return new UserError(
                "cannot write %s (%s); check that its directory exists, can be written to and has space"
                        .formatted(file, cause),
                cause);
    }
}
