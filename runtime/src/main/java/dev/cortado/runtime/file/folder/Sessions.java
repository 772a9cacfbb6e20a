package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The session with a server, and the next one when that is at its end. */
final class Sessions {
    private final Protocol protocol;
    private final Server server;
    private final Patience patience;
    private final Consumer<String> problems;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile Session session;

    /** Begins the first one. */
    Sessions(Protocol protocol, Server server, Patience patience, Consumer<String> problems)
            throws FileException {
        this.protocol = protocol;
        this.server = server;
        this.patience = patience;
        this.problems = problems;
        session = begin(null);
    }

    /**
     * @param before the one before, if there was one
     */
    private Session begin(Session before) throws FileException {
        Transport transport = server.connect();
        try {
            Session begun = protocol.begin(transport, patience, problems);
            if (before != null && begun.rootNumber() != before.rootNumber()) {
                throw new FileException(Errno.ESTALE);
            }
            return begun;
        } catch (FileException e) {
            transport.fail(e.getMessage());
            throw e;
        }
    }

    /**
     * The one that there is.
     *
     * @throws FileException EIO if there is none any more, ESTALE if another folder is shared now
     */
    Session current() throws FileException {
        Session now = session;
        return now.isAlive() ? now : next();
    }

    private Session next() throws FileException {
        connecting.lock();
        try {
            Session now = session;
            if (!now.isAlive()) {
                session = begin(now);
            }
            return session;
        } finally {
            connecting.unlock();
        }
    }
}
