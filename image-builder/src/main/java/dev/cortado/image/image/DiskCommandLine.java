package dev.cortado.image.image;

import dev.cortado.boot.disk.DiskLayout;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The command line on a disk, which no checksum covers. */
public final class DiskCommandLine {
    private DiskCommandLine() {}

    /**
     * Writes it to a disk, in place of the one that is there.
     *
     * @throws UserError if it is too long, or the disk cannot be written
     */
    public static void write(Path disk, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= DiskLayout.COMMAND_LINE_SIZE) {
            throw new UserError(
                    "the arguments and variables (--env) have %d bytes: there is room for %d"
                            .formatted(bytes.length, DiskLayout.COMMAND_LINE_SIZE - 1));
        }
        ByteBuffer area = ByteBuffer.allocate(DiskLayout.COMMAND_LINE_SIZE).put(bytes).clear();
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            while (area.hasRemaining()) {
                channel.write(area, DiskLayout.COMMAND_LINE_OFFSET + area.position());
            }
        } catch (IOException e) {
            throw new UserError("cannot write the arguments to %s (%s)".formatted(disk, e), e);
        }
    }
}
