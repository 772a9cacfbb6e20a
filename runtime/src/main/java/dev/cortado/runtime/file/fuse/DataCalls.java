package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.folder.BadReplyException;
import dev.cortado.runtime.file.folder.Batch;
import dev.cortado.runtime.file.folder.OpenHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The requests about what is in files (fuse.h: open, read, write, fsync, readdir, release). */
final class DataCalls {
    /** FUSE_FSYNC_FDATASYNC. */
    private static final int ONLY_DATA = 1;

    private static final int ENTRY_ALIGNMENT = 8;

    private final Connection connection;
    private final int most;

    /**
     * @param most bytes in a message
     */
    DataCalls(Connection connection, int most) {
        this.connection = connection;
        this.most = most;
    }

    /**
     * What the server calls the open file.
     *
     * @param flags Linux's
     */
    long open(long node, boolean isDirectory, int flags) throws FileException {
        return connection.call(
                isDirectory ? Opcode.OPENDIR : Opcode.OPEN,
                node,
                request -> request.number32(flags).number32(0),
                reply -> {
                    long opened = reply.number64();
                    reply.number32(); // how its bytes may be kept
                    reply.number32();
                    return opened;
                });
    }

    void close(long node, boolean isDirectory, long opened) throws FileException {
        connection.call(
                isDirectory ? Opcode.RELEASEDIR : Opcode.RELEASE,
                node,
                request -> request.number64(opened).number32(0).number32(0).number64(0));
    }

    int read(OpenHandle file, long position, ByteBuffer to) throws FileException {
        int asked = Math.min(most, to.remaining());
        return connection.call(
                Opcode.READ,
                file.handle().number(),
                asked,
                request -> place(request, file, position, asked),
                reply -> {
                    int count = reply.dataBytes(asked);
                    reply.moveTo(to, count);
                    return count;
                });
    }

    /**
     * Where in a file (fuse_read_in, fuse_write_in). That bytes are put at its end, there are
     * servers that have to be told each time.
     */
    private static Request place(Request request, OpenHandle file, long position, int count) {
        return request.number64(file.opened())
                .number64(position)
                .number32(count)
                .number32(0)
                .number64(0) // lock owner
                .number32(file.flags())
                .number32(0);
    }

    int write(OpenHandle file, long position, ByteBuffer from) throws FileException {
        int offered = Math.min(most, from.remaining());
        int count =
                connection.call(
                        Opcode.WRITE,
                        file.handle().number(),
                        request -> place(request, file, position, offered).data(from, offered),
                        reply -> {
                            int written = reply.writtenBytes(offered);
                            reply.number32();
                            return written;
                        });
        from.position(from.position() + count);
        return count;
    }

    /** A server that cannot has nothing to do for it (as Linux understands ENOSYS). */
    void sync(long node, boolean isDirectory, long opened, boolean onlyData) throws FileException {
        try {
            connection.call(
                    isDirectory ? Opcode.FSYNCDIR : Opcode.FSYNC,
                    node,
                    request ->
                            request.number64(opened)
                                    .number32(onlyData ? ONLY_DATA : 0)
                                    .number32(0));
        } catch (FileException e) {
            if (e.errno() != Errno.ENOSYS) {
                throw e;
            }
        }
    }

    /**
     * @param space whose files they are
     */
    Batch readDirectory(OpenHandle directory, long cookie, Space space) throws FileException {
        return connection.call(
                Opcode.READDIR,
                directory.handle().number(),
                most,
                request -> place(request, directory, cookie, most),
                reply -> {
                    reply.dataBytes(most);
                    List<DirectoryEntry> entries = new ArrayList<>();
                    long end = cookie;
                    while (reply.hasMore()) {
                        end = readEntry(reply, entries, space);
                        if (end == cookie) {
                            throw reply.bad("goes on where it began");
                        }
                    }
                    return new Batch(cookie, end, entries);
                });
    }

    /** Adds an entry (fuse_dirent), and returns its cookie. */
    private static long readEntry(Reply reply, List<DirectoryEntry> entries, Space space)
            throws BadReplyException {
        long inode = reply.number64();
        long cookie = reply.number64();
        int length = reply.number32();
        FileKind kind = Batch.kind(reply.number32());
        if (length < 0 || length > FileName.MAXIMUM_BYTES) {
            throw reply.bad("has a name of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] name = reply.bytes(length);
        int padding = -length & ENTRY_ALIGNMENT - 1;
        reply.skip(Math.min(padding, reply.remaining())); // the last one may have none
        FileKind known = kind == null ? FileKind.REGULAR : kind;
        Batch.add(entries, reply, name, cookie, space.number(inode), known);
        return cookie;
    }
}
