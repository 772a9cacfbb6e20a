package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/** The protocol's requests about what is in files (9P2000.L). */
final class DataCalls {
    private DataCalls() {}

    /**
     * Reads as many bytes as fit into one message.
     *
     * @return how many; 0 at the end
     */
    static int read(OpenFid file, long position, ByteBuffer to) throws FileException {
        int asked = Math.min(file.most(), to.remaining());
        return connection(file.fid())
                .call(
                        MessageType.READ,
                        request -> place(request, file.fid(), position).number32(asked),
                        reply -> {
                            int count = reply.dataBytes(asked);
                            reply.moveTo(to, count);
                            return count;
                        });
    }

    /**
     * Writes as many bytes as fit into one message, and moves the buffer on.
     *
     * @return how many, 1 or more
     */
    static int write(OpenFid file, long position, ByteBuffer from) throws FileException {
        int offered = Math.min(file.most(), from.remaining());
        int count =
                connection(file.fid())
                        .call(
                                MessageType.WRITE,
                                request -> place(request, file.fid(), position).data(from, offered),
                                reply -> {
                                    int written = reply.number32();
                                    if (written <= 0 || written > offered) {
                                        throw reply.bad(
                                                "has written "
                                                        + Integer.toUnsignedString(written)
                                                        + " bytes of "
                                                        + offered);
                                    }
                                    return written;
                                });
        from.position(from.position() + count);
        return count;
    }

    static void sync(OpenFid file, boolean onlyData) throws FileException {
        connection(file.fid())
                .call(
                        MessageType.FSYNC,
                        request -> request.number32(file.fid().number()).number32(onlyData ? 1 : 0),
                        reply -> null);
    }

    /**
     * Reads entries of a directory, as many as fit into one message.
     *
     * @param cookie where to go on
     */
    static <T> T readDirectory(OpenFid directory, long cookie, Connection.Reading<T> reading)
            throws FileException {
        Session session = directory.fid().session();
        int asked = session.messageBytes() - Request.DATA_HEADER_BYTES;
        return session.connection()
                .call(
                        MessageType.READDIR,
                        request -> place(request, directory.fid(), cookie).number32(asked),
                        reply -> {
                            reply.dataBytes(asked);
                            return reading.from(reply);
                        });
    }

    private static Request place(Request request, Fid fid, long position) {
        return request.number32(fid.number()).number64(position);
    }

    private static Connection connection(Fid fid) {
        return fid.session().connection();
    }
}
