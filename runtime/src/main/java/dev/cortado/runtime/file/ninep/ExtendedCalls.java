package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
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
    static byte[] read(Fid file, byte[] name) throws FileException {
        requireName(name);
        Session session = file.session();
        Fid fid = session.newFid();
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
            OpenFid open = open(fid);
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

    private static int walk(Fid file, Fid to, byte[] name) throws FileException {
        return file.session()
                .connection()
                .call(
                        MessageType.XATTRWALK,
                        request -> request.number32(file.number()).number32(to.number()).text(name),
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
    static void write(Fid fid, byte[] name, byte[] value) throws FileException {
        boolean isOver = false;
        try {
            requireName(name);
            if (value.length > MOST_BYTES) {
                throw new FileException(Errno.E2BIG);
            }
            create(fid, name, value.length);
            ByteBuffer from = ByteBuffer.wrap(value);
            OpenFid open = open(fid);
            while (from.hasRemaining()) {
                DataCalls.write(open, from.position(), from);
            }
            isOver = true;
            fid.session().clunk(fid); // which does it, and says how that went
        } finally {
            if (!isOver) {
                fid.session().drop(fid);
            }
        }
    }

    private static void create(Fid fid, byte[] name, int size) throws FileException {
        fid.session()
                .connection()
                .call(
                        MessageType.XATTRCREATE,
                        request ->
                                request.number32(fid.number())
                                        .text(name)
                                        .number64(size)
                                        .number32(size == 0 ? REPLACE : 0),
                        reply -> null);
    }

    private static OpenFid open(Fid fid) {
        int most = fid.session().messageBytes() - Request.DATA_HEADER_BYTES;
        return new OpenFid(fid, null, most);
    }

    /** As long as names of files (xattr(7), XATTR_NAME_MAX). */
    private static void requireName(byte[] name) throws FileException {
        if (name.length > FileName.MAXIMUM_BYTES) {
            throw new FileException(Errno.ERANGE);
        }
    }
}
