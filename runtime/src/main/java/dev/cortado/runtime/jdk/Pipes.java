package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.Pipe;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The pipes of {@code java.nio.channels}. */
final class Pipes {
    private static final int DRAINED_BYTES = 128;

    private Pipes() {}

    /** Returns the number of the end to read from in the upper half, the other in the lower. */
    static long make(boolean blocking) throws IOException {
        Pipe pipe = new Pipe();
        try {
            pipe.reader().setBlocking(blocking);
            pipe.writer().setBlocking(blocking);
            GuestFiles files = GuestFiles.get();
            int reader = files.add(pipe.reader());
            try {
                return (long) reader << Integer.SIZE | files.add(pipe.writer());
            } catch (FileException e) {
                OpenFiles.close(reader);
                throw e;
            }
        } catch (FileException e) {
            pipe.writer().close();
            throw FileErrors.inputOutput(e);
        }
    }

    static int write(int number, byte value) throws IOException {
        ByteBuffer one = ByteBuffer.wrap(new byte[] {value});
        return (int) ChannelCalls.transfer(number, file -> file.write(one));
    }

    /** Reads a byte; returns how many it has read. */
    static int readOne(int number) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        return (int) ChannelCalls.transfer(number, file -> file.read(one));
    }

    /** Reads all that is there; whether that was anything. */
    static boolean drain(int number) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(DRAINED_BYTES);
        boolean hasRead = false;
        while (ChannelCalls.transfer(number, file -> file.read(buffer.clear())) > 0) {
            hasRead = true;
        }
        return hasRead;
    }
}
