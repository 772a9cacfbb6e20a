package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What file channels do with the console. Its bytes go past the table of open files, as those of
 * the streams do: there need not be a table.
 */
final class ConsoleCalls {
    /** As much as the kernel gives at once. */
    private static final int READ_BYTES = 1024;

    /** What is no longer than this is written at once: nobody else's bytes come between. */
    private static final int WRITE_BYTES = 1 << 16;

    private ConsoleCalls() {}

    /** Returns a count, {@code IOStatus.EOF} or {@link ChannelCalls#INTERRUPTED}. */
    static int read(FileDescriptor file, ByteBuffer to) throws IOException {
        byte[] bytes = new byte[Math.min(to.remaining(), READ_BYTES)];
        int count = OpenFiles.readUnlessInterrupted(file, bytes);
        to.put(bytes, 0, Math.max(count, 0));
        return count;
    }

    /** Reads into {@code count} vectors, and waits at the first one only. */
    static long readVectors(FileDescriptor file, long vectors, int count) throws IOException {
        long total = 0;
        for (int i = 0; i < count; i++) {
            ByteBuffer to = Vectors.get(vectors, i);
            if (total > 0 && OpenFiles.available(file) == 0) {
                return total;
            }
            int done = read(file, to);
            if (done < 0) {
                return total == 0 ? done : total;
            }
            total += done;
            if (to.hasRemaining()) {
                return total;
            }
        }
        return total;
    }

    /** Writes all bytes of {@code count} buffers. */
    static long write(FileDescriptor file, ByteBuffer... buffers) throws IOException {
        long length = 0;
        for (ByteBuffer from : buffers) {
            length += from.remaining();
        }
        byte[] bytes = new byte[(int) Math.min(length, WRITE_BYTES)];
        int filled = 0;
        for (ByteBuffer from : buffers) {
            while (from.hasRemaining()) {
                if (filled == bytes.length) {
                    OpenFiles.write(file, bytes, 0, filled);
                    filled = 0;
                }
                int part = Math.min(from.remaining(), bytes.length - filled);
                from.get(bytes, filled, part);
                filled += part;
            }
        }
        OpenFiles.write(file, bytes, 0, filled);
        return length;
    }

    static long writeVectors(FileDescriptor file, long vectors, int count) throws IOException {
        ByteBuffer[] buffers = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            buffers[i] = Vectors.get(vectors, i);
        }
        return write(file, buffers);
    }

    /** The console has none (Linux, lseek on a terminal). */
    static void requirePosition(FileDescriptor file) throws IOException {
        if (OpenFiles.isConsole(file)) {
            throw FileErrors.inputOutput(new FileException(Errno.ESPIPE));
        }
    }
}
