package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/** What is agreed on with a server at first (fuse.h, fuse_init_in and fuse_init_out). */
final class Introduction {
    static final int MAJOR = 7;

    /** What virtiofsd asks for, too. */
    static final int LEAST_MINOR = 31;

    /** The one with FUSE_SUBMOUNTS and FUSE_HANDLE_KILLPRIV_V2; later ones have longer messages. */
    static final int MINOR = 33;

    static final int ASYNC_READ = 1;
    static final int EXPORT_SUPPORT = 1 << 4;
    static final int BIG_WRITES = 1 << 5;
    static final int PARALLEL_DIROPS = 1 << 18;
    static final int MAX_PAGES = 1 << 22;
    static final int SUBMOUNTS = 1 << 27;

    private static final int FLAGS =
            ASYNC_READ | EXPORT_SUPPORT | BIG_WRITES | PARALLEL_DIROPS | MAX_PAGES | SUBMOUNTS;

    /** A server takes at least so much (fuse.h, FUSE_MIN_READ_BUFFER, less what is in front). */
    private static final int LEAST_WRITE = 4096;

    /** Behind max_write. */
    private static final int REST_BYTES = 4 + 2 + 2 + 4 + 7 * 4;

    private static final int NO_NODE = 0;

    private Introduction() {}

    /**
     * Introduces oneself.
     *
     * @param room for data in a message
     * @return how much data a message has at most
     * @throws FileException EPROTONOSUPPORT
     */
    static int exchange(Connection connection, int room) throws FileException {
        try {
            return Math.min(room, ask(connection));
        } catch (FileException e) {
            if (e.errno() != Errno.EIO || !connection.isAlive()) {
                throw e;
            }
            // Servers begin once. A session is left by those who were lost, or have started anew.
            connection.call(Opcode.DESTROY, NO_NODE, request -> {});
            return Math.min(room, ask(connection));
        }
    }

    private static int ask(Connection connection) throws FileException {
        return connection.call(
                Opcode.INIT,
                NO_NODE,
                request -> request.number32(MAJOR).number32(MINOR).number32(0).number32(FLAGS),
                Introduction::read);
    }

    private static int read(Reply reply) throws FileException {
        int major = reply.number32();
        int minor = reply.number32();
        if (major != MAJOR || minor < LEAST_MINOR) {
            reply.rest();
            throw new FileException(Errno.EPROTONOSUPPORT);
        }
        reply.number32(); // max_readahead
        reply.number32(); // flags
        reply.number32(); // max_background and congestion_threshold
        int most = reply.number32();
        reply.skip(REST_BYTES);
        if (most < LEAST_WRITE) {
            throw reply.bad("takes " + Integer.toUnsignedString(most) + " bytes at once");
        }
        return most;
    }
}
