package dev.cortado.runtime.file.open;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/**
 * What the {@link ConsoleFile}s of one port share: whether who reads waits. There is no lock: who
 * waits for input keeps nobody from writing, asking or closing.
 */
final class ConsoleInput {
    private final ConsolePort port;

    private volatile boolean readersWait = true;

    ConsoleInput(ConsolePort port) {
        this.port = port;
    }

    /** See {@link ConsolePort#wakes}. */
    long wakes() {
        return port.wakes();
    }

    /**
     * @param wakes see {@link ConsolePort#read}
     * @throws FileException EINTR if somebody was woken, perhaps another one who waits
     */
    int read(ByteBuffer to, long wakes) throws FileException {
        boolean waits = readersWait;
        int count = port.read(to, waits ? wakes : ConsolePort.NOT_WAITING);
        if (count != ConsolePort.WOKEN) {
            return count;
        }
        if (waits) {
            throw new FileException(Errno.EINTR);
        }
        return OpenFile.UNAVAILABLE;
    }

    int write(ByteBuffer from) {
        int count = from.remaining();
        port.write(from);
        return count;
    }

    int available() {
        return port.available();
    }

    void setBlocking(boolean blocking) {
        readersWait = blocking;
        wake();
    }

    boolean isReadable() {
        return port.isReadable();
    }

    void wake() {
        port.wake();
    }
}
