package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.folder.Found;
import dev.cortado.runtime.file.folder.Handle;
import dev.cortado.runtime.file.fuse.Nodes.Node;
import java.util.Arrays;

/**
 * The requests about names (fuse.h: lookup, mknod, mkdir, symlink, link, unlink, rmdir, rename,
 * readlink). A reply with an entry counts its node once more, also if there is something wrong with
 * the rest of it.
 */
final class NameCalls {
    /** Of the folder itself (fuse.h, FUSE_ROOT_ID). */
    static final long ROOT = 1;

    private static final byte[] PARENT = {'.', '.'};

    /** PATH_MAX (Linux, linux/limits.h). */
    private static final int MOST_TARGET_BYTES = 4096;

    /** Permissions are as they are asked for: a program's umask has been taken from them. */
    private static final int NO_UMASK = 0;

    private final FuseSession session;
    private final Connection connection;
    private final Nodes nodes;

    NameCalls(FuseSession session, Connection connection, Nodes nodes) {
        this.session = session;
        this.connection = connection;
        this.nodes = nodes;
    }

    /**
     * @param name may be {@code ..}
     */
    Found find(Handle from, byte[] name) throws FileException {
        return connection.call(
                Opcode.LOOKUP,
                from.number(),
                request -> request.text(name),
                reply -> entry(reply, from, name, null));
    }

    Found create(Handle in, FileName name, int permissions) throws FileException {
        int mode = FileKind.REGULAR.modeBits() | permissions;
        return connection.call(
                Opcode.MKNOD,
                in.number(),
                request ->
                        request.number32(mode)
                                .number32(0) // no device
                                .number32(NO_UMASK)
                                .number32(0)
                                .name(name),
                reply -> entry(reply, in, name.bytes(), FileKind.REGULAR));
    }

    Found makeDirectory(Handle in, FileName name, int permissions) throws FileException {
        return connection.call(
                Opcode.MKDIR,
                in.number(),
                request -> request.number32(permissions).number32(NO_UMASK).name(name),
                reply -> entry(reply, in, name.bytes(), FileKind.DIRECTORY));
    }

    Found makeSymbolicLink(Handle in, FileName name, byte[] target) throws FileException {
        return connection.call(
                Opcode.SYMLINK,
                in.number(),
                request -> request.name(name).text(target),
                reply -> entry(reply, in, name.bytes(), FileKind.SYMBOLIC_LINK));
    }

    void link(Handle file, Handle in, FileName name) throws FileException {
        Found found =
                connection.call(
                        Opcode.LINK,
                        in.number(),
                        request -> request.number64(file.number()).name(name),
                        reply -> entry(reply, in, name.bytes(), null));
        session.drop(found.handle());
    }

    /**
     * Reads an entry (fuse_entry_out).
     *
     * @param kind what was made; null if it was there
     */
    private Found entry(Reply reply, Handle directory, byte[] name, FileKind kind)
            throws FileException {
        long id = reply.number64();
        if (id == 0) {
            // A server may say so that it is not there, and how long that may be believed.
            reply.rest();
            throw kind == null ? new FileException(Errno.ENOENT) : reply.bad("names no node");
        }
        boolean isCounted = false;
        try {
            long generation = reply.number64();
            reply.number64(); // how long the name may be believed, and the attributes
            reply.number64();
            reply.number32();
            reply.number32();
            AttributeReply seen = AttributeReply.read(reply);
            Attributes raw = seen.attributes();
            reply.requireEnd();
            if (kind != null && raw.kind() != kind) {
                throw reply.bad("has made something else");
            }
            Space space = space(directory, name, raw.inode(), seen.isMounted());
            Node node = nodes.add(id, new Node(generation, raw.inode(), raw.kind(), space), reply);
            isCounted = true;
            Attributes attributes = AttributeReply.withNumber(raw, node.number());
            Handle handle = new Handle(session, id);
            return new Found(handle, node.number(), raw.kind(), attributes);
        } finally {
            if (!isCounted) {
                session.forget(id);
            }
        }
    }

    private Space space(Handle directory, byte[] name, long inode, boolean isMounted) {
        if (directory.number() == ROOT && !isMounted) {
            return Space.FOLDER;
        }
        long in = session.inode(directory);
        Space of = session.space(directory);
        if (Arrays.equals(name, PARENT)) {
            return of.above(in); // a mount that is left is said to be one, too
        }
        return isMounted ? of.at(in, name, inode) : of;
    }

    void remove(Handle in, FileName name, boolean isDirectory) throws FileException {
        connection.call(
                isDirectory ? Opcode.RMDIR : Opcode.UNLINK,
                in.number(),
                request -> request.name(name));
    }

    void rename(Handle from, FileName name, Handle to, FileName newName) throws FileException {
        connection.call(
                Opcode.RENAME,
                from.number(),
                request -> request.number64(to.number()).name(name).name(newName));
    }

    byte[] readLink(Handle link) throws FileException {
        return connection.call(
                Opcode.READLINK,
                link.number(),
                request -> {},
                reply -> {
                    reply.dataBytes(MOST_TARGET_BYTES);
                    return reply.linkTarget(reply.rest());
                });
    }
}
