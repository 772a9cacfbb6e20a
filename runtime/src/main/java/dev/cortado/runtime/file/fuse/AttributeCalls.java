package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystemStatistics;

/** The requests about what files are like (fuse.h: getattr, setattr, statfs). */
final class AttributeCalls {
    /** FATTR_MODE and so on. */
    private static final int SET_PERMISSIONS = 1;

    private static final int SET_OWNER = 1 << 1;
    private static final int SET_GROUP = 1 << 2;
    private static final int SET_SIZE = 1 << 3;
    private static final int SET_ACCESSED = 1 << 4;
    private static final int SET_MODIFIED = 1 << 5;
    private static final int ACCESSED_NOW = 1 << 7;
    private static final int MODIFIED_NOW = 1 << 8;

    private static final long NANOS = 1_000_000_000L;

    /** Behind frsize: padding and spare. */
    private static final int SPARE_BYTES = 4 + 6 * 4;

    private final Connection connection;

    AttributeCalls(Connection connection) {
        this.connection = connection;
    }

    /** With the server's own number. */
    Attributes attributes(long node) throws FileException {
        return connection.call(
                Opcode.GETATTR,
                node,
                request -> request.number32(0).number32(0).number64(0),
                AttributeCalls::read);
    }

    private static Attributes read(Reply reply) throws FileException {
        reply.number64(); // how long it may be believed
        reply.number32();
        reply.number32();
        return AttributeReply.read(reply).attributes();
    }

    void truncate(long node, long size) throws FileException {
        set(node, SET_SIZE, size, 0, 0, 0, 0, 0);
    }

    void change(long node, AttributeChange change) throws FileException {
        int valid = change.permissions() == AttributeChange.KEEP ? 0 : SET_PERMISSIONS;
        valid |= change.owner() == AttributeChange.KEEP ? 0 : SET_OWNER;
        valid |= change.group() == AttributeChange.KEEP ? 0 : SET_GROUP;
        valid |= bits(change.accessed(), SET_ACCESSED, ACCESSED_NOW);
        valid |= bits(change.modified(), SET_MODIFIED, MODIFIED_NOW);
        set(
                node,
                valid,
                0,
                time(change.accessed()),
                time(change.modified()),
                change.permissions(),
                change.owner(),
                change.group());
    }

    private static int bits(long time, int to, int now) {
        if (time == AttributeChange.KEEP_TIME) {
            return 0;
        }
        return time == AttributeChange.NOW ? to | now : to;
    }

    /** What comes with no time, or with the server's own. */
    private static long time(long time) {
        return time == AttributeChange.KEEP_TIME || time == AttributeChange.NOW ? 0 : time;
    }

    private void set(
            long node,
            int valid,
            long size,
            long accessed,
            long modified,
            int permissions,
            int owner,
            int group)
            throws FileException {
        connection.call(
                Opcode.SETATTR,
                node,
                request ->
                        request.number32(valid)
                                .number32(0)
                                .number64(0) // of no open file
                                .number64(size)
                                .number64(0) // lock owner
                                .number64(Math.floorDiv(accessed, NANOS))
                                .number64(Math.floorDiv(modified, NANOS))
                                .number64(0) // when attributes changed is the server's business
                                .number32((int) Math.floorMod(accessed, NANOS))
                                .number32((int) Math.floorMod(modified, NANOS))
                                .number32(0)
                                .number32(permissions)
                                .number32(0)
                                .number32(owner)
                                .number32(group)
                                .number32(0),
                AttributeCalls::read);
    }

    FileSystemStatistics statistics(long node) throws FileException {
        return connection.call(Opcode.STATFS, node, request -> {}, AttributeCalls::readStatistics);
    }

    private static FileSystemStatistics readStatistics(Reply reply) throws FileException {
        long blocks = reply.count64();
        long free = reply.count64();
        reply.number64(); // bavail: who asks is told what the host's superuser has
        long files = reply.count64();
        long freeFiles = reply.count64();
        int preferred = reply.number32();
        int nameBytes = reply.number32();
        int fragment = reply.number32();
        reply.skip(SPARE_BYTES);
        int blockBytes = fragment == 0 ? preferred : fragment;
        return Reply.possible(
                new FileSystemStatistics(blockBytes, blocks, free, files, freeFiles, nameBytes));
    }
}
