package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.folder.BadReplyException;
import dev.cortado.runtime.file.folder.Handle;

/** The protocol's requests about what files are like (9P2000.L: getattr, setattr, statfs). */
final class AttributeCalls {
    /** P9_GETATTR_ALL. */
    private static final long ALL = 0x3fff;

    /** P9_GETATTR_BASIC: what stat tells. */
    private static final long BASIC = 0x7ff;

    /** P9_GETATTR_BTIME. */
    private static final long BIRTH = 0x800;

    /** P9_SETATTR_MODE and so on. */
    private static final int SET_PERMISSIONS = 0x1;

    private static final int SET_OWNER = 0x2;
    private static final int SET_GROUP = 0x4;
    private static final int SET_SIZE = 0x8;
    private static final int SET_ACCESSED = 0x10;
    private static final int SET_MODIFIED = 0x20;
    private static final int SET_CHANGED = 0x40;
    private static final int SET_ACCESSED_TO = 0x80;
    private static final int SET_MODIFIED_TO = 0x100;

    private static final long NANOS = 1_000_000_000L;

    private AttributeCalls() {}

    static Attributes attributes(Handle fid) throws FileException {
        return NinepSession.of(fid)
                .connection()
                .call(
                        MessageType.GETATTR,
                        request -> request.fid(fid).number64(ALL),
                        AttributeCalls::attributes);
    }

    private static Attributes attributes(Reply reply) throws BadReplyException {
        long valid = reply.number64();
        if ((valid & BASIC) != BASIC) {
            throw reply.bad("has only some attributes, 0x" + Long.toHexString(valid));
        }
        Qid qid = reply.qid();
        int mode = reply.number32();
        FileKind kind = Reply.kind(mode);
        if (kind == null) {
            throw reply.bad("has the mode 0" + Integer.toOctalString(mode));
        }
        int owner = reply.number32();
        int group = reply.number32();
        int links = (int) Math.min(reply.count64(), Integer.MAX_VALUE);
        reply.number64(); // rdev
        long size = reply.count64();
        reply.number64(); // blksize
        long blocks = reply.count64();
        long accessed = time(reply);
        long modified = time(reply);
        long changed = time(reply);
        long created = time(reply);
        reply.number64(); // gen
        reply.number64(); // data_version
        return new Attributes(
                0,
                qid.path(),
                kind,
                mode & AttributeChange.ALL_PERMISSIONS,
                links,
                owner,
                group,
                size,
                blocks,
                accessed,
                modified,
                changed,
                (valid & BIRTH) == 0 ? modified : created);
    }

    private static long time(Reply reply) throws BadReplyException {
        long seconds = reply.number64();
        return reply.time(seconds, reply.number64());
    }

    static void truncate(Handle fid, long size) throws FileException {
        set(fid, SET_SIZE, 0, 0, 0, size, 0, 0);
    }

    static void change(Handle fid, AttributeChange change) throws FileException {
        int valid = 0;
        valid |= change.permissions() == AttributeChange.KEEP ? 0 : SET_PERMISSIONS;
        valid |= change.owner() == AttributeChange.KEEP ? 0 : SET_OWNER;
        valid |= change.group() == AttributeChange.KEEP ? 0 : SET_GROUP;
        valid |= bits(change.accessed(), SET_ACCESSED, SET_ACCESSED_TO);
        valid |= bits(change.modified(), SET_MODIFIED, SET_MODIFIED_TO);
        set(
                fid,
                valid == 0 ? SET_CHANGED : valid,
                change.permissions(),
                change.owner(),
                change.group(),
                0,
                change.accessed(),
                change.modified());
    }

    private static int bits(long time, int now, int to) {
        if (time == AttributeChange.KEEP_TIME) {
            return 0;
        }
        return time == AttributeChange.NOW ? now : now | to;
    }

    private static void set(
            Handle fid,
            int valid,
            int permissions,
            int owner,
            int group,
            long size,
            long accessed,
            long modified)
            throws FileException {
        NinepSession.of(fid)
                .connection()
                .call(
                        MessageType.SETATTR,
                        request ->
                                request.fid(fid)
                                        .number32(valid)
                                        .number32(permissions)
                                        .number32(owner)
                                        .number32(group)
                                        .number64(size)
                                        .number64(Math.floorDiv(accessed, NANOS))
                                        .number64(Math.floorMod(accessed, NANOS))
                                        .number64(Math.floorDiv(modified, NANOS))
                                        .number64(Math.floorMod(modified, NANOS)),
                        reply -> null);
    }

    static FileSystemStatistics statistics(Handle fid) throws FileException {
        return NinepSession.of(fid)
                .connection()
                .call(MessageType.STATFS, request -> request.fid(fid), AttributeCalls::statistics);
    }

    private static FileSystemStatistics statistics(Reply reply) throws FileException {
        reply.number32(); // type
        int blockBytes = reply.number32();
        long blocks = reply.count64();
        long free = reply.count64();
        reply.number64(); // bavail: who asks is told what the host's superuser has
        long files = reply.count64();
        long freeFiles = reply.count64();
        reply.number64(); // fsid
        int nameBytes = reply.number32();
        return Reply.possible(
                new FileSystemStatistics(blockBytes, blocks, free, files, freeFiles, nameBytes));
    }
}
