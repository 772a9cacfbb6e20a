package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.folder.Batch;
import dev.cortado.runtime.file.folder.Handle;
import dev.cortado.runtime.file.folder.OpenHandle;
import java.nio.ByteBuffer;

/** The protocol's requests about what is in files (9P2000.L). */
final class DataCalls {
    private DataCalls() {}

    /**
     * Reads as many bytes as fit into one message.
     *
     * @return how many; 0 at the end
     */
    static int read(OpenHandle file, long position, ByteBuffer to) throws FileException {
        int asked = Math.min(file.most(), to.remaining());
        return connection(file.handle())
                .call(
                        MessageType.READ,
                        request -> place(request, file.handle(), position).number32(asked),
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
    static int write(OpenHandle file, long position, ByteBuffer from) throws FileException {
        int offered = Math.min(file.most(), from.remaining());
        int count =
                connection(file.handle())
                        .call(
                                MessageType.WRITE,
                                request ->
                                        place(request, file.handle(), position).data(from, offered),
                                reply -> reply.writtenBytes(offered));
        from.position(from.position() + count);
        return count;
    }

    static void sync(OpenHandle file, boolean onlyData) throws FileException {
        connection(file.handle())
                .call(
                        MessageType.FSYNC,
                        request -> request.fid(file.handle()).number32(onlyData ? 1 : 0),
                        reply -> null);
    }

    static Batch readDirectory(OpenHandle directory, long cookie) throws FileException {
        NinepSession session = NinepSession.of(directory.handle());
        int asked = session.messageBytes() - Request.DATA_HEADER_BYTES;
        return session.connection()
                .call(
                        MessageType.READDIR,
                        request -> place(request, directory.handle(), cookie).number32(asked),
                        reply -> {
                            reply.dataBytes(asked);
                            return DirectoryReply.read(reply, cookie);
                        });
    }

    private static Request place(Request request, Handle fid, long position) {
        return request.fid(fid).number64(position);
    }

    private static Connection connection(Handle fid) {
        return NinepSession.of(fid).connection();
    }
}
