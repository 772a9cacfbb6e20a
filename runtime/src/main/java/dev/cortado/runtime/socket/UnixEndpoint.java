package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.ByteRing;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import java.nio.ByteBuffer;

/**
 * A socket of AF_UNIX, as {@link UnixSocketFile} shows it. All of them have one lock, {@link
 * UnixLock}.
 */
final class UnixEndpoint {
    static final int RING_BYTES = 1 << 17;

    final UnixSocketFile file;
    private volatile boolean blocking = true;
    private String path = "";
    private String remotePath;

    /** Null unless it listens. */
    private UnixBacklog backlog;

    /** The listener that had no room for it, until its program has seen what became of that. */
    private UnixEndpoint connectsTo;

    /** The listener went before there was room. */
    private boolean wasRefused;

    /** What it reads; the other end writes there. */
    private ByteRing incoming;

    private UnixEndpoint other;
    private boolean inputOver;
    private boolean outputOver;
    private boolean wasReset;
    private boolean isClosed;

    UnixEndpoint(UnixSocketFile file) {
        this.file = file;
    }

    private void await() throws FileException {
        file.checkOpen();
        UnixLock.await();
    }

    /** Wakes all who wait, and tells who listens here and there. */
    private void tell() {
        UnixLock.signalAll();
        file.changed();
        if (other != null) {
            other.file.changed();
        }
    }

    static void wake() {
        UnixLock.lock();
        try {
            UnixLock.signalAll();
        } finally {
            UnixLock.unlock();
        }
    }

    void setBlocking(boolean value) {
        blocking = value;
        wake();
    }

    void bind(byte[] bytes) throws FileException {
        UnixLock.locked(() -> {
            if (!path.isEmpty()) {
                throw new FileException(Errno.EINVAL);
            }
            path = UnixNames.take(bytes, this);
            return null;
        });
    }

    void listen(int wanted) throws FileException {
        UnixLock.locked(() -> {
            if (path.isEmpty() || incoming != null) {
                throw new FileException(Errno.EINVAL);
            }
            if (backlog == null) {
                backlog = new UnixBacklog();
            }
            backlog.setLimit(wanted);
            admit();
            UnixLock.signalAll();
            return null;
        });
    }

    UnixSocketFile accept() throws FileException {
        return UnixLock.locked(() -> {
            while (backlog != null && !inputOver && backlog.isEmpty()) {
                if (!blocking) {
                    return null;
                }
                await();
            }
            if (backlog == null || inputOver) {
                throw new FileException(Errno.EINVAL);
            }
            UnixEndpoint accepted = backlog.poll();
            admit();
            UnixLock.signalAll();
            return accepted.file;
        });
    }

    boolean connect(byte[] bytes) throws FileException {
        String to = UnixNames.name(bytes);
        return UnixLock.locked(() -> {
            if (finishConnecting()) {
                return true;
            }
            if (incoming != null) {
                throw new FileException(Errno.EISCONN);
            }
            if (connectsTo != null) {
                if (!blocking) {
                    throw new FileException(Errno.EALREADY);
                }
                while (!finishConnecting()) {
                    await();
                }
                return true;
            }
            if (backlog != null) {
                throw new FileException(Errno.EINVAL);
            }
            UnixEndpoint listener = listener(to);
            while (listener.backlog.isFull()) {
                if (!blocking) {
                    connectsTo = listener;
                    listener.backlog.addConnecting(this);
                    return false;
                }
                await();
                listener = listener(to);
            }
            listener.enqueue(this);
            return true;
        });
    }

    private void enqueue(UnixEndpoint client) {
        UnixEndpoint accepted = new UnixSocketFile().endpoint();
        accepted.path = path;
        join(client, accepted);
        backlog.add(accepted);
        client.tell();
        tell();
    }

    /** Lets those in for whom there is room now. */
    private void admit() {
        while (!backlog.isFull()) {
            UnixEndpoint client = backlog.pollConnecting();
            if (client == null) {
                return;
            }
            enqueue(client);
        }
    }

    /**
     * Sees what has become of connecting without waiting.
     *
     * @return whether that is over, and went well
     * @throws FileException ECONNREFUSED; after that it may be tried again
     */
    private boolean finishConnecting() throws FileException {
        if (wasRefused) {
            wasRefused = false;
            connectsTo = null;
            throw new FileException(Errno.ECONNREFUSED);
        }
        if (connectsTo == null || incoming == null) {
            return false;
        }
        connectsTo = null;
        return true;
    }

    /** As {@link #connect} that is asked again, but of one that is connected. */
    boolean isConnectComplete() throws FileException {
        return UnixLock.locked(() -> finishConnecting() || incoming != null);
    }

    private static UnixEndpoint listener(String path) throws FileException {
        UnixEndpoint bound = UnixNames.find(path);
        if (bound.backlog == null || bound.inputOver) {
            throw new FileException(Errno.ECONNREFUSED);
        }
        return bound;
    }

    private static void join(UnixEndpoint client, UnixEndpoint server) {
        client.incoming = new ByteRing(RING_BYTES);
        server.incoming = new ByteRing(RING_BYTES);
        client.other = server;
        server.other = client;
        client.remotePath = server.path;
        server.remotePath = client.path;
    }

    int read(ByteBuffer to) throws FileException {
        return UnixLock.locked(() -> {
            requireConnected();
            while (to.hasRemaining() && incoming.count() == 0) {
                if (wasReset) {
                    wasReset = false;
                    throw new FileException(Errno.ECONNRESET);
                }
                if (inputOver) {
                    return OpenFile.END;
                }
                if (!blocking) {
                    return OpenFile.UNAVAILABLE;
                }
                await();
            }
            int taken = incoming.take(to);
            tell();
            return taken;
        });
    }

    int write(ByteBuffer from) throws FileException {
        return UnixLock.locked(() -> {
            if (incoming == null) {
                throw new FileException(Errno.ENOTCONN);
            }
            int total = from.remaining();
            while (from.hasRemaining()) {
                int written = total - from.remaining();
                if (outputOver) {
                    return writtenOr(written, Errno.EPIPE);
                }
                if (other.incoming.room() > 0) {
                    other.incoming.put(from);
                    tell();
                } else if (!blocking) {
                    return written == 0 ? OpenFile.UNAVAILABLE : written;
                } else {
                    awaitRoom(written);
                    if (file.isClosed() || Thread.currentThread().isInterrupted()) {
                        return written;
                    }
                }
            }
            return total;
        });
    }

    private void awaitRoom(int written) throws FileException {
        try {
            await();
        } catch (FileException e) {
            if (written == 0) {
                throw e;
            }
        }
    }

    private static int writtenOr(int written, Errno otherwise) throws FileException {
        if (written == 0) {
            throw new FileException(otherwise);
        }
        return written;
    }

    private void requireConnected() throws FileException {
        if (incoming == null) {
            throw new FileException(backlog == null ? Errno.ENOTCONN : Errno.EINVAL);
        }
    }

    void shutdown(boolean shutInput, boolean shutOutput) throws FileException {
        UnixLock.locked(() -> {
            if (incoming == null && backlog == null) {
                throw new FileException(Errno.ENOTCONN);
            }
            inputOver |= shutInput;
            outputOver |= shutOutput;
            if (backlog != null && shutInput) {
                refuseConnecting();
            }
            if (other != null) {
                other.outputOver |= shutInput;
                other.inputOver |= shutOutput;
            }
            tell();
            return null;
        });
    }

    int available() throws FileException {
        return UnixLock.locked(() -> incoming == null ? 0 : incoming.count());
    }

    String path() {
        return path;
    }

    String remotePath() {
        return remotePath;
    }

    int pollState() {
        UnixLock.lock();
        try {
            if (backlog != null) {
                return backlog.isEmpty() ? 0 : PollState.READABLE;
            }
            if (wasRefused) {
                return PollState.WRITABLE | PollState.HANG_UP | PollState.ERROR;
            }
            if (incoming == null) {
                return connectsTo == null ? PollState.WRITABLE | PollState.HANG_UP : 0;
            }
            return (incoming.count() > 0 || inputOver ? PollState.READABLE : 0)
                    | (outputOver || other.incoming.room() > 0 ? PollState.WRITABLE : 0)
                    | (inputOver && outputOver ? PollState.HANG_UP : 0)
                    | (wasReset ? PollState.ERROR : 0);
        } finally {
            UnixLock.unlock();
        }
    }

    /** Nobody is in it any more. What the other end has not read of it stays there. */
    void close() {
        UnixLock.lock();
        try {
            if (isClosed) {
                return;
            }
            isClosed = true;
            UnixNames.giveBack(path, this);
            if (backlog != null) {
                for (UnixEndpoint next = backlog.poll(); next != null; next = backlog.poll()) {
                    next.reset();
                }
                inputOver = true;
                refuseConnecting();
            }
            if (connectsTo != null) {
                connectsTo.backlog.removeConnecting(this);
            }
            if (other != null) {
                other.inputOver = true;
                other.outputOver = true;
                // Linux tells who has written what nobody read (unix_release_sock).
                other.wasReset |= incoming.count() > 0;
                incoming.clear();
            }
            tell();
        } finally {
            UnixLock.unlock();
        }
    }

    private void refuseConnecting() {
        UnixEndpoint client = backlog.pollConnecting();
        for (; client != null; client = backlog.pollConnecting()) {
            client.wasRefused = true;
            client.tell();
        }
    }

    /** Nobody will accept it. */
    private void reset() {
        other.wasReset = true;
        other.inputOver = true;
        other.outputOver = true;
        tell();
    }
}
