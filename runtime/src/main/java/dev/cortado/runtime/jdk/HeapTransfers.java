package dev.cortado.runtime.jdk;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads into and writes from buffers in the Java heap, without one outside of it between them. The
 * JDK has such ones for each carrier thread, as its C cannot wait for a collection; here a virtual
 * thread may wait while it has one, and gives it to another carrier in the end, which would then
 * have more and more of them.
 *
 * <p>Who waits for room sends what is in his buffer then: a program that changes it meanwhile sees
 * that, as it may see bytes of a read that failed.
 *
 * <p>Counts are those of {@link ChannelCalls}. A buffer's position moves by the bytes moved.
 */
final class HeapTransfers {
    /** Of the buffers outside the heap that a carrier keeps where they are needed still. */
    private static final int MOST_CACHED = 16;

    private static final int MOST_CACHED_BYTES = 128 << 10;

    /** In place of a position in the file: where the file's own is. */
    private static final long AT_POSITION = -1;

    /** What kind of channel asks. */
    enum Kind {
        FILE,
        STREAM,
        DATAGRAM;

        /** By what the channel asks for bytes outside the heap. */
        static Kind of(Object dispatcher) {
            if (dispatcher instanceof Target_sun_nio_ch_SocketDispatcher) {
                return STREAM;
            }
            return dispatcher instanceof Target_sun_nio_ch_DatagramDispatcher ? DATAGRAM : FILE;
        }
    }

    private HeapTransfers() {}

    /** Whether a carrier that has so many buffers outside the heap keeps another one. */
    static boolean mayCache(int count, ByteBuffer buffer) {
        return count < MOST_CACHED && buffer.capacity() <= MOST_CACHED_BYTES;
    }

    static int read(FileDescriptor descriptor, ByteBuffer to, long position, Kind kind)
            throws IOException {
        if (!to.hasRemaining()) {
            return 0;
        }
        int start = to.position();
        int count = readPart(descriptor, to.duplicate(), position, kind);
        if (count > 0) {
            to.position(start + count);
        }
        return count;
    }

    private static int readPart(FileDescriptor descriptor, ByteBuffer to, long position, Kind kind)
            throws IOException {
        return switch (kind) {
            case STREAM -> SocketTransfers.read(descriptor, to);
            case DATAGRAM -> DatagramCalls.read(descriptor, to);
            case FILE -> {
                if (position != AT_POSITION) {
                    ConsoleCalls.requirePosition(descriptor);
                    yield ChannelCalls.readAt(descriptor, to, position);
                }
                yield OpenFiles.isConsole(descriptor)
                        ? ConsoleCalls.read(descriptor, to)
                        : ChannelCalls.read(descriptor, to);
            }
        };
    }

    static int write(FileDescriptor descriptor, ByteBuffer from, long position, Kind kind)
            throws IOException {
        if (!from.hasRemaining()) {
            return 0;
        }
        int start = from.position();
        int count = writePart(descriptor, from.duplicate(), position, kind);
        if (count > 0) {
            from.position(start + count);
        }
        return count;
    }

    private static int writePart(
            FileDescriptor descriptor, ByteBuffer from, long position, Kind kind)
            throws IOException {
        return switch (kind) {
            case STREAM -> ChannelCalls.write(descriptor, from);
            case DATAGRAM -> DatagramCalls.write(descriptor, from);
            case FILE -> {
                if (position != AT_POSITION) {
                    ConsoleCalls.requirePosition(descriptor);
                    yield ChannelCalls.writeAt(descriptor, from, position);
                }
                yield OpenFiles.isConsole(descriptor)
                        ? (int) ConsoleCalls.write(descriptor, from)
                        : ChannelCalls.write(descriptor, from);
            }
        };
    }
}
