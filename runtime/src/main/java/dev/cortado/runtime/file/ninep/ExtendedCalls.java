package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.folder.BadReplyException;
import dev.cortado.runtime.file.folder.Handle;
import dev.cortado.runtime.file.folder.OpenHandle;
import java.nio.ByteBuffer;

/** The protocol's requests about extended attributes (9P2000.L: xattrwalk, xattrcreate). */
final class ExtendedCalls {
    /** Of a value, and of all names together (xattr(7): XATTR_SIZE_MAX, XATTR_LIST_MAX). */
    private static final int MOST_BYTES = 1 << 16;

    private static final int REPLACE = 2;

    private ExtendedCalls() {}

    /**
     * A value, or all names.
     *
     * @param name no bytes for the names, which come with a zero behind each
     */
    static byte[] read(Handle file, byte[] name) throws FileException {
        requireName(name);
        NinepSession session = NinepSession.of(file);
        Handle fid = session.newFid();
        int size;
        try {
            size = walk(file, fid, name);
        } catch (BadReplyException e) {
            session.drop(fid); // it may be there
            throw e;
        } catch (FileException e) {
            session.forget(fid);
            throw e;
        }
        try {
            ByteBuffer value = ByteBuffer.allocate(size);
            OpenHandle open = open(fid);
            while (value.hasRemaining() && DataCalls.read(open, value.position(), value) > 0) {
                // There is more of it.
            }
            if (value.hasRemaining()) {
                throw new FileException(Errno.EIO);
            }
            return value.array();
        } finally {
            session.drop(fid);
        }
    }

    private static int walk(Handle file, Handle to, byte[] name) throws FileException {
        return NinepSession.of(file)
                .connection()
                .call(
                        MessageType.XATTRWALK,
                        request -> request.fid(file).fid(to).text(name),
                        reply -> {
                            long size = reply.count64();
                            if (size > MOST_BYTES) {
                                throw reply.bad("has " + size + " bytes of attributes");
                            }
                            return (int) size;
                        });
    }

    /**
     * Sets a value.
     *
     * @param fid of the file, which is given back
     * @param value no bytes to remove it, as servers understand it
     */
    static void write(Handle fid, byte[] name, byte[] value) throws FileException {
        boolean isOver = false;
        try {
            requireName(name);
            if (value.length > MOST_BYTES) {
                throw new FileException(Errno.E2BIG);
            }
            create(fid, name, value.length);
            ByteBuffer from = ByteBuffer.wrap(value);
            OpenHandle open = open(fid);
            while (from.hasRemaining()) {
                DataCalls.write(open, from.position(), from);
            }
            isOver = true;
            NinepSession.of(fid).clunk(fid); // which does it, and says how that went
        } finally {
            if (!isOver) {
                NinepSession.of(fid).drop(fid);
            }
        }
    }

    private static void create(Handle fid, byte[] name, int size) throws FileException {
        NinepSession.of(fid)
                .connection()
                .call(
                        MessageType.XATTRCREATE,
                        request ->
                                request.fid(fid)
                                        .text(name)
                                        .number64(size)
                                        .number32(size == 0 ? REPLACE : 0),
                        reply -> null);
    }

    private static OpenHandle open(Handle fid) {
        int most = NinepSession.of(fid).messageBytes() - Request.DATA_HEADER_BYTES;
        return new OpenHandle(fid, 0, 0, 0, false, most);
    }

    /** As long as names of files (xattr(7), XATTR_NAME_MAX). */
    private static void requireName(byte[] name) throws FileException {
        if (name.length > FileName.MAXIMUM_BYTES) {
            throw new FileException(Errno.ERANGE);
        }
    }
}
