package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.folder.BadReplyException;

/**
 * What a file is like, as replies have it (fuse.h, fuse_attr).
 *
 * @param attributes with the server's own number of the file
 * @param isMounted whether another file system begins there
 */
record AttributeReply(Attributes attributes, boolean isMounted) {
    /** FUSE_ATTR_SUBMOUNT. */
    private static final int SUBMOUNT = 1;

    static AttributeReply read(Reply reply) throws BadReplyException {
        long inode = reply.number64();
        long size = reply.count64();
        long blocks = reply.count64();
        long accessed = reply.number64();
        long modified = reply.number64();
        long changed = reply.number64();
        accessed = reply.time(accessed, Integer.toUnsignedLong(reply.number32()));
        modified = reply.time(modified, Integer.toUnsignedLong(reply.number32()));
        changed = reply.time(changed, Integer.toUnsignedLong(reply.number32()));
        int mode = reply.number32();
        FileKind kind = Reply.kind(mode);
        if (kind == null) {
            throw reply.bad("has the mode 0" + Integer.toOctalString(mode));
        }
        long links = Integer.toUnsignedLong(reply.number32());
        int owner = reply.number32();
        int group = reply.number32();
        reply.number32(); // rdev
        reply.number32(); // blksize
        int flags = reply.number32();
        return new AttributeReply(
                new Attributes(
                        0,
                        inode,
                        kind,
                        mode & AttributeChange.ALL_PERMISSIONS,
                        (int) Math.min(links, Integer.MAX_VALUE),
                        owner,
                        group,
                        size,
                        blocks,
                        accessed,
                        modified,
                        changed,
                        modified), // when it was made, nobody says
                (flags & SUBMOUNT) != 0);
    }

    /** With the number by which others know the file. */
    static Attributes withNumber(Attributes found, long number) {
        return new Attributes(
                0,
                number,
                found.kind(),
                found.permissions(),
                found.links(),
                found.owner(),
                found.group(),
                found.size(),
                found.blocks(),
                found.accessed(),
                found.modified(),
                found.changed(),
                found.created());
    }
}
