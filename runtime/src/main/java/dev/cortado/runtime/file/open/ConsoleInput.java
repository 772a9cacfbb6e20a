package dev.cortado.runtime.file.open;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/**
 * What the {@link ConsoleFile}s of one port share: whether who reads waits, and the end of input.
 * There is no lock: who waits for input keeps nobody from writing, asking or closing.
 */
final class ConsoleInput {
    private final ConsolePort port;

    private volatile boolean readersWait = true;
    private volatile boolean hasEnded;

    ConsoleInput(ConsolePort port) {
        this.port = port;
    }

    /**
     * @throws FileException EINTR if somebody was woken, perhaps another one who waits
     */
    int read(ByteBuffer to) throws FileException {
        if (hasEnded) {
            return OpenFile.END;
        }
        if (!readersWait && port.available() == 0) {
            return OpenFile.UNAVAILABLE;
        }
        int count = port.read(to);
        if (count == ConsolePort.WOKEN) {
            throw new FileException(Errno.EINTR);
        }
        hasEnded |= count == OpenFile.END;
        return count;
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
        return hasEnded || port.available() != 0;
    }

    void wake() {
        port.wake();
    }
}
