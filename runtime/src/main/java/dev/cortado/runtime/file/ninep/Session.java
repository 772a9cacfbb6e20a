package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** What was agreed on with a server, from its first message on. */
final class Session {
    private static final byte[] VERSION = "9P2000.L".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_VERSION_BYTES = 64;

    /** There is no other one for authentication (attach(5), NOFID). */
    private static final int NO_FID = -1;

    /** Files that are made are the server's own user's (9P2000.L, attach, n_uname). */
    private static final int NO_USER = -1;

    private static final byte[] NO_TEXT = {};

    private final Connection connection;
    private final FidNumbers numbers = new FidNumbers();
    private int messageBytes;
    private Fid root;
    private Qid rootQid;

    private Session(Connection connection) {
        this.connection = connection;
    }

    /**
     * Begins one: nothing was said before on the transport.
     *
     * @throws FileException EPROTONOSUPPORT if the server speaks another language; what it says to
     *     one that it does not let in
     */
    static Session begin(Transport transport, Patience patience, Consumer<String> problems)
            throws FileException {
        Session session = new Session(new Connection(transport, patience, problems));
        session.agree(transport.slotBytes() - Request.MOST_BYTES);
        session.attach();
        return session;
    }

    private void agree(int most) throws FileException {
        messageBytes =
                connection.call(
                        MessageType.VERSION,
                        request -> request.number32(most).text(VERSION),
                        reply -> {
                            int size = reply.number32();
                            byte[] version = reply.text(MOST_VERSION_BYTES);
                            if (!Arrays.equals(version, VERSION)) {
                                throw new FileException(Errno.EPROTONOSUPPORT);
                            }
                            if (size < Request.MOST_BYTES || size > most) {
                                throw reply.bad(
                                        "has messages of "
                                                + Integer.toUnsignedString(size)
                                                + " bytes");
                            }
                            return size;
                        });
    }

    private void attach() throws FileException {
        root = new Fid(this, numbers.take());
        rootQid =
                connection.call(
                        MessageType.ATTACH,
                        request ->
                                request.number32(root.number())
                                        .number32(NO_FID)
                                        .text(NO_TEXT)
                                        .text(NO_TEXT)
                                        .number32(NO_USER),
                        Reply::qid);
        if (!rootQid.isDirectory()) {
            throw new FileException(Errno.ENOTDIR);
        }
    }

    Connection connection() {
        return connection;
    }

    boolean isAlive() {
        return connection.isAlive();
    }

    /** Of the largest message, either way. */
    int messageBytes() {
        return messageBytes;
    }

    /** The shared folder itself. */
    Fid root() {
        return root;
    }

    Qid rootQid() {
        return rootQid;
    }

    /** How many are in use. */
    int fids() {
        return numbers.count();
    }

    Fid newFid() throws FileException {
        return new Fid(this, numbers.take());
    }

    /** The server has never heard of it. */
    void forget(Fid fid) {
        numbers.giveBack(fid.number());
    }

    /**
     * Gives a fid back, whatever the server answers: it is not its any more (clunk(5)).
     *
     * @throws FileException what went wrong, as it does if that ends a change of an attribute
     */
    void clunk(Fid fid) throws FileException {
        try {
            connection.call(
                    MessageType.CLUNK, request -> request.number32(fid.number()), reply -> null);
        } finally {
            numbers.giveBack(fid.number());
        }
    }

    /** The same where nobody asks whether it went well. */
    void drop(Fid fid) {
        try {
            if (isAlive()) {
                clunk(fid);
            }
        } catch (FileException e) {
            // Who uses the session next is told, if it is at its end.
        }
    }
}
