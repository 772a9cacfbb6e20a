package dev.cortado.image.format.bytes;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a stream has, in a file that nobody sees, so that it can be read at any position. */
public final class TemporarySource {
    /** An image is smaller than 2 GiB; beside it are some descriptors. */
    private static final long MOST_BYTES = (1L << 31) + (64 << 20);

    private static final int PIECE_BYTES = 1 << 16;

    private TemporarySource() {}

    /**
     * @param name what errors call it
     * @throws UserError if it cannot be read or kept, or is much larger than any image
     */
    public static ByteSource of(String name, InputStream stream) {
        try {
            Path file = Files.createTempFile("cortado-", ".bytes");
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            return copied(name, stream, channel);
        } catch (IOException e) {
            throw new UserError("%s is damaged, or cannot be unpacked (%s)".formatted(name, e), e);
        }
    }

    private static ByteSource copied(String name, InputStream stream, FileChannel channel)
            throws IOException {
        try {
            byte[] piece = new byte[PIECE_BYTES];
            int count;
            while ((count = stream.read(piece)) >= 0) {
                if (channel.position() > MOST_BYTES - count) {
                    throw new UserError(name + " has more than 2 GiB in it: it is no image");
                }
                ByteBuffer bytes = ByteBuffer.wrap(piece, 0, count);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            return FileSource.of(name, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
