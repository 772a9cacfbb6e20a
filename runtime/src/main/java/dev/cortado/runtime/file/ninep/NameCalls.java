package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import java.util.List;

/** The protocol's requests about names (9P2000.L). */
final class NameCalls {
    /** Who runs the server is the group, too. */
    private static final int NO_GROUP = -1;

    /** As AT_REMOVEDIR (Linux, fcntl.h). */
    private static final int REMOVE_DIRECTORY = 0x200;

    /** O_WRONLY, O_CREAT, O_EXCL (asm-generic/fcntl.h, in octal digits). */
    private static final int CREATE_NEW = 01 | 0100 | 0200;

    private NameCalls() {}

    /** A new fid, and what it is for. */
    record Walked(Fid fid, Qid qid) {}

    /**
     * Walks from a file to another one.
     *
     * @param names at most {@link Request#MOST_NAMES}; one may be {@code ..}; none is the file
     *     itself
     * @return what is known of it; the qid is null if there were no names
     */
    static Walked walk(Fid from, List<byte[]> names) throws FileException {
        Session session = from.session();
        Fid to = session.newFid();
        try {
            Qid qid = walk(from, to, names);
            return new Walked(to, qid);
        } catch (BadReplyException e) {
            session.drop(to); // it may be there
            throw e;
        } catch (FileException e) {
            session.forget(to);
            throw e;
        }
    }

    private static Qid walk(Fid from, Fid to, List<byte[]> names) throws FileException {
        return from.session()
                .connection()
                .call(
                        MessageType.WALK,
                        request -> {
                            request.number32(from.number())
                                    .number32(to.number())
                                    .number16(names.size());
                            names.forEach(request::text);
                        },
                        reply -> {
                            int count = reply.number16();
                            if (count > names.size()) {
                                throw reply.bad("has walked " + count + " of " + names.size());
                            }
                            Qid qid = null;
                            for (int i = 0; i < count; i++) {
                                qid = reply.qid();
                            }
                            if (count < names.size()) {
                                reply.requireEnd();
                                throw new FileException(Errno.ENOENT);
                            }
                            return qid;
                        });
    }

    /**
     * Opens.
     *
     * @param fid becomes the open file's
     * @param flags Linux's
     */
    static OpenFid open(Fid fid, int flags) throws FileException {
        Session session = fid.session();
        return session.connection()
                .call(
                        MessageType.LOPEN,
                        request -> request.number32(fid.number()).number32(flags),
                        reply -> {
                            Qid qid = reply.qid();
                            int unit = reply.number32();
                            int most = session.messageBytes() - Request.DATA_HEADER_BYTES;
                            return new OpenFid(fid, qid, unit <= 0 || unit > most ? most : unit);
                        });
    }

    /**
     * Makes an empty file.
     *
     * @param directory becomes the new file's
     */
    static Qid create(Fid directory, FileName name, int permissions) throws FileException {
        return directory
                .session()
                .connection()
                .call(
                        MessageType.LCREATE,
                        request ->
                                request.number32(directory.number())
                                        .name(name)
                                        .number32(CREATE_NEW)
                                        .number32(permissions)
                                        .number32(NO_GROUP),
                        reply -> {
                            Qid qid = reply.qid();
                            reply.number32(); // iounit
                            return qid;
                        });
    }

    static Qid makeDirectory(Fid in, FileName name, int permissions) throws FileException {
        return in.session()
                .connection()
                .call(
                        MessageType.MKDIR,
                        request ->
                                request.number32(in.number())
                                        .name(name)
                                        .number32(permissions)
                                        .number32(NO_GROUP),
                        Reply::qid);
    }

    static Qid makeSymbolicLink(Fid in, FileName name, byte[] target) throws FileException {
        return in.session()
                .connection()
                .call(
                        MessageType.SYMLINK,
                        request ->
                                request.number32(in.number())
                                        .name(name)
                                        .text(target)
                                        .number32(NO_GROUP),
                        Reply::qid);
    }

    static byte[] readLink(Fid link) throws FileException {
        return link.session()
                .connection()
                .call(
                        MessageType.READLINK,
                        request -> request.number32(link.number()),
                        reply -> {
                            byte[] target = reply.text(Request.MOST_TARGET_BYTES);
                            boolean hasZero = false;
                            for (byte each : target) {
                                hasZero |= each == 0;
                            }
                            if (target.length == 0 || hasZero) {
                                throw reply.bad("has no target of a link");
                            }
                            return target;
                        });
    }

    static void link(Fid file, Fid in, FileName name) throws FileException {
        in.session()
                .connection()
                .call(
                        MessageType.LINK,
                        request -> request.number32(in.number()).number32(file.number()).name(name),
                        reply -> null);
    }

    static void remove(Fid in, FileName name, boolean isDirectory) throws FileException {
        in.session()
                .connection()
                .call(
                        MessageType.UNLINKAT,
                        request ->
                                request.number32(in.number())
                                        .name(name)
                                        .number32(isDirectory ? REMOVE_DIRECTORY : 0),
                        reply -> null);
    }

    static void rename(Fid from, FileName name, Fid to, FileName newName) throws FileException {
        from.session()
                .connection()
                .call(
                        MessageType.RENAMEAT,
                        request ->
                                request.number32(from.number())
                                        .name(name)
                                        .number32(to.number())
                                        .name(newName),
                        reply -> null);
    }
}
