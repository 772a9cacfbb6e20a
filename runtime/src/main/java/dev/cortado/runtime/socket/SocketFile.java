package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.open.OpenFile;
import java.util.concurrent.atomic.AtomicLong;

/** An open socket of an Internet protocol. */
public abstract class SocketFile extends OpenFile {
    private static final int PERMISSIONS = 0777;
    private static final AtomicLong LAST_NUMBER = new AtomicLong();

    private final SocketCore core;
    private final long number = LAST_NUMBER.incrementAndGet();

    SocketFile(SocketCore core) {
        this.core = core;
        core.attach(this);
    }

    /**
     * Gives it a local address and port.
     *
     * @param local port 0 for any that is free
     * @throws FileException EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT; EINVAL if it has one
     */
    public abstract void bind(SocketEndpoint local) throws FileException;

    /** {@link SocketEndpoint#NONE} if it has none yet. */
    public abstract SocketEndpoint localEndpoint();

    /** Null if it is not connected. */
    public abstract SocketEndpoint remoteEndpoint();

    /**
     * Ends a direction or both.
     *
     * @throws FileException ENOTCONN
     */
    public abstract void shutdown(boolean input, boolean output) throws FileException;

    /**
     * @throws FileException ENOPROTOOPT if this kind of socket has no such option, EINVAL for a
     *     value that it cannot have
     */
    public abstract void setOption(SocketOption option, int value) throws FileException;

    /**
     * @throws FileException ENOPROTOOPT
     */
    public abstract int option(SocketOption option) throws FileException;

    @Override
    public final Attributes attributes() throws FileException {
        enter();
        try {
            return Attributes.ofNameless(FileKind.SOCKET, number, PERMISSIONS);
        } finally {
            leave();
        }
    }

    @Override
    public final void setBlocking(boolean blocking) throws FileException {
        enter();
        try {
            core.setBlocking(blocking);
        } finally {
            leave();
        }
    }

    /** Tells who listens. */
    final void changed() {
        readinessChanged();
    }

    /** Each time before it waits, with the core's lock held. */
    final void checkOpen() throws FileException {
        requireOpen();
    }

    @Override
    protected final void wake() {
        core.wake();
    }

    @Override
    protected final void release() {
        core.detach(this);
    }
}
