package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A socket of AF_UNIX, a stream within this program (unix(7)). Its path is a name in memory: no
 * file appears there, and the name is free again when the socket is closed.
 */
public final class UnixSocketFile extends OpenFile {
    private static final int PERMISSIONS = 0777;

    private final UnixEndpoint endpoint = new UnixEndpoint(this);
    private final UnixSocketOptions options = new UnixSocketOptions(UnixEndpoint.RING_BYTES);

    /** What is done between {@link #enter} and {@link #leave}. */
    private interface Call<T> {
        T run() throws FileException;
    }

    private <T> T within(Call<T> call) throws FileException {
        enter();
        try {
            return call.run();
        } finally {
            leave();
        }
    }

    UnixEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public Attributes attributes() throws FileException {
        return within(() -> Attributes.ofNameless(FileKind.SOCKET, 0, PERMISSIONS));
    }

    /** Not for sockets of this kind. */
    @Override
    public OpenFile duplicate() throws FileException {
        throw new FileException(Errno.EOPNOTSUPP);
    }

    @Override
    protected void release() {
        endpoint.close();
    }

    @Override
    protected void wake() {
        UnixEndpoint.wake();
    }

    /** Tells who listens. */
    void changed() {
        readinessChanged();
    }

    /** Each time before it waits. */
    void checkOpen() throws FileException {
        requireOpen();
    }

    /**
     * @param path bytes; none for a name that is chosen
     * @throws FileException EADDRINUSE; EINVAL if it has one, or it is too long
     */
    public void bind(byte[] path) throws FileException {
        within(() -> {
            endpoint.bind(path);
            return null;
        });
    }

    /**
     * @throws FileException EINVAL if it is not bound, or is connected
     */
    public void listen(int backlog) throws FileException {
        within(() -> {
            endpoint.listen(backlog);
            return null;
        });
    }

    /** Takes a connection; null if it would have to wait and is set not to. */
    public UnixSocketFile accept() throws FileException {
        return within(endpoint::accept);
    }

    /**
     * @return whether it is connected; false, where the queue is full, if it is set not to wait
     * @throws FileException ENOENT, ECONNREFUSED, EISCONN
     */
    public boolean connect(byte[] path) throws FileException {
        return within(() -> endpoint.connect(path));
    }

    /**
     * @return whether it is connected; false if that is under way, or was not begun
     * @throws FileException ECONNREFUSED if the listener went; after that it may be tried again
     */
    public boolean isConnectComplete() throws FileException {
        return within(endpoint::isConnectComplete);
    }

    /** Path that it is bound to; empty if it is not. */
    public byte[] localPath() {
        return endpoint.path().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Path of whom it is connected to, which may be empty; null if it is not connected. */
    public byte[] remotePath() {
        String path = endpoint.remotePath();
        return path == null ? null : path.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * @throws FileException ENOTCONN
     */
    public void shutdown(boolean input, boolean output) throws FileException {
        within(() -> {
            endpoint.shutdown(input, output);
            return null;
        });
    }

    /**
     * @throws FileException ENOPROTOOPT if sockets of this kind have no such option
     */
    public int option(SocketOption option) throws FileException {
        return within(() -> options.get(option));
    }

    /** As {@link #option}. */
    public void setOption(SocketOption option, int value) throws FileException {
        within(() -> {
            options.set(option, value);
            return null;
        });
    }

    @Override
    public int read(ByteBuffer to) throws FileException {
        return within(() -> endpoint.read(to));
    }

    @Override
    public int write(ByteBuffer from) throws FileException {
        return within(() -> endpoint.write(from));
    }

    @Override
    public long available() throws FileException {
        return within(() -> (long) endpoint.available());
    }

    @Override
    public void setBlocking(boolean blocking) throws FileException {
        within(() -> {
            endpoint.setBlocking(blocking);
            return null;
        });
    }

    @Override
    public int pollState() {
        return isClosed() ? PollState.INVALID : endpoint.pollState();
    }
}
