package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.folder.BadReplyException;
import dev.cortado.runtime.file.folder.Handle;
import dev.cortado.runtime.file.folder.OpenHandle;
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
    record Walked(Handle fid, Qid qid) {}

    /**
     * Walks from a file to another one.
     *
     * @param names at most {@link Request#MOST_NAMES}; one may be {@code ..}; none is the file
     *     itself
     * @return what is known of it; the qid is null if there were no names
     */
    static Walked walk(Handle from, List<byte[]> names) throws FileException {
        NinepSession session = NinepSession.of(from);
        Handle to = session.newFid();
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

    /** One more for the same file. */
    static Handle clone(Handle fid) throws FileException {
        return walk(fid, List.of()).fid();
    }

    private static Qid walk(Handle from, Handle to, List<byte[]> names) throws FileException {
        return NinepSession.of(from)
                .connection()
                .call(
                        MessageType.WALK,
                        request -> {
                            request.fid(from).fid(to).number16(names.size());
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
    static OpenHandle open(Handle fid, int flags) throws FileException {
        NinepSession session = NinepSession.of(fid);
        return session.connection()
                .call(
                        MessageType.LOPEN,
                        request -> request.fid(fid).number32(flags),
                        reply -> {
                            Qid qid = reply.qid();
                            int unit = reply.number32();
                            int most = session.messageBytes() - Request.DATA_HEADER_BYTES;
                            return new OpenHandle(
                                    fid,
                                    qid.path(),
                                    0,
                                    flags,
                                    qid.isDirectory(),
                                    unit <= 0 || unit > most ? most : unit);
                        });
    }

    /**
     * Makes an empty file.
     *
     * @param directory becomes the new file's
     */
    static Qid create(Handle directory, FileName name, int permissions) throws FileException {
        return NinepSession.of(directory)
                .connection()
                .call(
                        MessageType.LCREATE,
                        request ->
                                request.fid(directory)
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

    static Qid makeDirectory(Handle in, FileName name, int permissions) throws FileException {
        return NinepSession.of(in)
                .connection()
                .call(
                        MessageType.MKDIR,
                        request ->
                                request.fid(in).name(name).number32(permissions).number32(NO_GROUP),
                        Reply::qid);
    }

    static Qid makeSymbolicLink(Handle in, FileName name, byte[] target) throws FileException {
        return NinepSession.of(in)
                .connection()
                .call(
                        MessageType.SYMLINK,
                        request -> request.fid(in).name(name).text(target).number32(NO_GROUP),
                        Reply::qid);
    }

    static byte[] readLink(Handle link) throws FileException {
        return NinepSession.of(link)
                .connection()
                .call(
                        MessageType.READLINK,
                        request -> request.fid(link),
                        reply -> {
                            return reply.linkTarget(reply.text(Request.MOST_TARGET_BYTES));
                        });
    }

    static void link(Handle file, Handle in, FileName name) throws FileException {
        NinepSession.of(in)
                .connection()
                .call(
                        MessageType.LINK,
                        request -> request.fid(in).fid(file).name(name),
                        reply -> null);
    }

    static void remove(Handle in, FileName name, boolean isDirectory) throws FileException {
        NinepSession.of(in)
                .connection()
                .call(
                        MessageType.UNLINKAT,
                        request ->
                                request.fid(in)
                                        .name(name)
                                        .number32(isDirectory ? REMOVE_DIRECTORY : 0),
                        reply -> null);
    }

    static void rename(Handle from, FileName name, Handle to, FileName newName)
            throws FileException {
        NinepSession.of(from)
                .connection()
                .call(
                        MessageType.RENAMEAT,
                        request -> request.fid(from).name(name).fid(to).name(newName),
                        reply -> null);
    }
}
