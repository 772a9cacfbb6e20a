package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.map.Uninterrupted;
import dev.cortado.runtime.file.open.OpenFile;
import java.nio.ByteBuffer;

/** Moves a number of bytes from one open file to another (Linux, sendfile, copy_file_range). */
final class FileTransfer {
    /** Instead of a position: where the file's is, which moves on. */
    static final long AT_POSITION = -1;

    private static final int BUFFER_BYTES = 1 << 16;

    private FileTransfer() {}

    /**
     * Copies up to so many bytes. An error is told only if it is the first that happens: who has
     * copied some is told how many, and of the error when he goes on.
     *
     * @param position in the source, or {@link #AT_POSITION}
     * @param targetPosition as {@code position}
     * @return how many were copied; {@link OpenFile#UNAVAILABLE} if it would have to wait
     */
    static long run(
            OpenFile source, long position, OpenFile target, long targetPosition, long count)
            throws FileException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, BUFFER_BYTES));
        long done = 0;
        while (done < count) {
            buffer.clear().limit((int) Math.min(count - done, buffer.capacity()));
            int moved;
            try {
                moved = move(source, at(position, done), target, at(targetPosition, done), buffer);
            } catch (FileException e) {
                if (done == 0) {
                    throw e;
                }
                return done;
            }
            if (moved <= 0) {
                return done == 0 && moved == OpenFile.UNAVAILABLE ? moved : done;
            }
            done += moved;
            if (buffer.hasRemaining()) {
                return done;
            }
        }
        return done;
    }

    /**
     * Copies up to a buffer from where one file's position is to where the other's is, also if the
     * thread is interrupted.
     *
     * @return how many bytes; 0 at the end
     */
    static int copyPart(OpenFile source, OpenFile target, ByteBuffer buffer) throws FileException {
        int count = (int) Uninterrupted.call(() -> source.read(buffer.clear()));
        buffer.flip();
        while (buffer.hasRemaining()) {
            Uninterrupted.call(() -> target.write(buffer));
        }
        return Math.max(count, 0);
    }

    private static long at(long position, long done) {
        return position == AT_POSITION ? AT_POSITION : position + done;
    }

    /** Copies up to a buffer; what could not be written is what the source reads next. */
    private static int move(
            OpenFile source, long position, OpenFile target, long targetPosition, ByteBuffer buffer)
            throws FileException {
        boolean isAtPosition = position == AT_POSITION;
        int read = isAtPosition ? source.read(buffer) : source.readAt(position, buffer);
        if (read <= 0) {
            return read;
        }
        buffer.flip();
        try {
            return targetPosition == AT_POSITION
                    ? target.write(buffer)
                    : target.writeAt(targetPosition, buffer);
        } finally {
            if (isAtPosition && buffer.hasRemaining()) {
                source.seek(source.position() - buffer.remaining());
            }
        }
    }
}
