package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.folder.BadReplyException;
import dev.cortado.runtime.file.folder.Batch;
import java.util.ArrayList;
import java.util.List;

/** The entries in a reply to readdir (9P2000.L). */
final class DirectoryReply {
    private DirectoryReply() {}

    /**
     * @param cookie that it was asked for with
     */
    static Batch read(Reply reply, long cookie) throws BadReplyException {
        List<DirectoryEntry> entries = new ArrayList<>();
        long end = cookie;
        while (reply.hasMore()) {
            end = readEntry(reply, entries);
            if (end == cookie) {
                throw reply.bad("goes on where it began");
            }
        }
        return new Batch(cookie, end, entries);
    }

    /** Adds an entry, but for dots, and returns its cookie. */
    private static long readEntry(Reply reply, List<DirectoryEntry> entries)
            throws BadReplyException {
        Qid qid = reply.qid();
        long cookie = reply.number64();
        int type = reply.number8();
        byte[] name = reply.text(FileName.MAXIMUM_BYTES);
        Batch.add(entries, reply, name, cookie, qid.path(), kind(qid, type));
        return cookie;
    }

    /** By readdir(3)'s d_type, or the qid where that says nothing. */
    private static FileKind kind(Qid qid, int type) {
        FileKind kind = Batch.kind(type);
        kind = kind == null ? qid.kind() : kind;
        return kind == null ? FileKind.REGULAR : kind;
    }
}
