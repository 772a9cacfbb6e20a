package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import dev.cortado.runtime.net.tcp.ConnectionEvents;
import dev.cortado.runtime.net.tcp.TcpConnection;
import dev.cortado.runtime.net.tcp.TcpError;
import dev.cortado.runtime.net.tcp.TcpException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** The bytes of a connection, as its socket reads and writes them. */
final class TcpStream {
    /** How often to look whether the last byte was acknowledged, of which nobody tells. */
    private static final long LINGER_DELAY = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int INPUT =
            ConnectionEvents.READABLE | ConnectionEvents.END_OF_STREAM | ConnectionEvents.CLOSED;

    private final SocketCore core;
    final TcpConnection connection;
    private volatile boolean inputShut;
    private volatile boolean outputShut;

    /** Why it is over was told: an error is told once (Linux, SO_ERROR). With the core's lock. */
    private boolean isErrorTold;

    TcpStream(SocketCore core, TcpConnection connection) {
        this.core = core;
        this.connection = connection;
    }

    int read(ByteBuffer to, SocketFile file) throws FileException {
        if (!to.hasRemaining()) {
            return 0;
        }
        while (true) {
            int count;
            try {
                count = connection.receive(to, core.now());
            } catch (TcpException e) {
                throwError(e.error());
                return OpenFile.END;
            }
            if (count > 0) {
                return count;
            }
            if (count == TcpConnection.END || inputShut) {
                return OpenFile.END;
            }
            if (!core.blocking) {
                return OpenFile.UNAVAILABLE;
            }
            core.lock.lock();
            try {
                while (core.blocking && !inputShut && (connection.readiness() & INPUT) == 0) {
                    core.await(core.input, file);
                }
            } finally {
                core.lock.unlock();
            }
        }
    }

    int write(ByteBuffer from, SocketFile file) throws FileException {
        int total = from.remaining();
        while (from.hasRemaining()) {
            try {
                if (connection.send(from, core.now()) == 0) {
                    if (!core.blocking) {
                        int written = total - from.remaining();
                        return written == 0 ? OpenFile.UNAVAILABLE : written;
                    }
                    awaitRoom(file);
                }
            } catch (TcpException e) {
                // What was written is told first; the error comes with the next call.
                if (from.remaining() < total) {
                    return total - from.remaining();
                }
                throw outputError(e);
            } catch (FileException e) {
                if (from.remaining() < total) {
                    return total - from.remaining();
                }
                throw e;
            }
        }
        return total;
    }

    boolean sendUrgent(byte value, SocketFile file) throws FileException {
        try {
            while (!connection.sendUrgent(value, core.now())) {
                if (!core.blocking) {
                    return false;
                }
                awaitRoom(file);
            }
            return true;
        } catch (TcpException e) {
            throw outputError(e);
        }
    }

    private FileException outputError(TcpException e) {
        TcpError error = e.error();
        core.lock.lock();
        try {
            boolean wasTold = isErrorTold;
            isErrorTold |= error == connection.error();
            return SocketErrors.of(wasTold ? TcpError.BROKEN_PIPE : error);
        } finally {
            core.lock.unlock();
        }
    }

    private void awaitRoom(SocketFile file) throws FileException {
        core.lock.lock();
        try {
            int awaited = ConnectionEvents.WRITABLE | ConnectionEvents.CLOSED;
            boolean isReady = (connection.readiness() & awaited) != 0;
            if (!isReady && !outputShut && core.blocking) {
                core.await(core.output, file);
            }
        } finally {
            core.lock.unlock();
        }
    }

    private void throwError(TcpError error) throws FileException {
        core.lock.lock();
        try {
            if (isErrorTold) {
                return;
            }
            isErrorTold = true;
        } finally {
            core.lock.unlock();
        }
        throw SocketErrors.of(error);
    }

    void shutdown(boolean shutInput, boolean shutOutput) {
        if (shutOutput) {
            outputShut = true;
            connection.shutdownOutput(core.now());
        }
        if (shutInput) {
            inputShut = true;
            connection.shutdownInput(core.now());
        }
        core.changed(true, true);
    }

    SocketEndpoint localEndpoint() {
        return new SocketEndpoint(connection.localAddress(), connection.localPort(), 0);
    }

    SocketEndpoint remoteEndpoint() {
        return new SocketEndpoint(connection.remoteAddress(), connection.remotePort(), 0);
    }

    boolean isOver() {
        return (connection.readiness() & ConnectionEvents.CLOSED) != 0;
    }

    /** As Linux's tcp_poll of a connection. */
    int pollState() {
        int ready = connection.readiness();
        boolean isOver = (ready & ConnectionEvents.CLOSED) != 0;
        boolean isInputOver = isOver || inputShut || (ready & ConnectionEvents.END_OF_STREAM) != 0;
        boolean isOutputOver = isOver || outputShut;
        int state = 0;
        if (isInputOver || (ready & ConnectionEvents.READABLE) != 0) {
            state |= PollState.READABLE;
        }
        if (isOutputOver || (ready & ConnectionEvents.WRITABLE) != 0) {
            state |= PollState.WRITABLE;
        }
        if (isInputOver && isOutputOver) {
            state |= PollState.HANG_UP;
        }
        return isOver && hasError() ? state | PollState.ERROR : state;
    }

    private boolean hasError() {
        core.lock.lock();
        try {
            return !isErrorTold && connection.error() != null;
        } finally {
            core.lock.unlock();
        }
    }

    /** The last file is closed: waits for what was written if it is to, then gives it up. */
    void close(int lingerSeconds) {
        if (lingerSeconds == 0) {
            connection.abort(core.now());
            return;
        }
        connection.close(core.now());
        if (lingerSeconds > 0) {
            linger(TimeUnit.SECONDS.toNanos(lingerSeconds));
        }
    }

    private void linger(long nanos) {
        core.lock.lock();
        try {
            long end = System.nanoTime() + nanos;
            while (connection.unacknowledged() > 0 && System.nanoTime() - end < 0) {
                core.output.awaitNanos(LINGER_DELAY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            core.lock.unlock();
        }
    }
}
