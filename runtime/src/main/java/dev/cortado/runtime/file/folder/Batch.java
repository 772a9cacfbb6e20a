package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import java.util.List;

/**
 * Entries of a directory that came in one message.
 *
 * @param start the cookie that it was asked for with
 * @param end where the next one begins; the same as start if there is none
 * @param entries but for {@code .} and {@code ..}
 */
public record Batch(long start, long end, List<DirectoryEntry> entries) {
    private static final int KIND_SHIFT = 12;

    public Batch {
        entries = List.copyOf(entries);
    }

    /**
     * Adds an entry, if it is none of the two that each directory has.
     *
     * @param reply that it came in
     * @param cookie where what follows it begins
     * @throws BadReplyException the name or the cookie is impossible
     */
    public static void add(
            List<DirectoryEntry> entries,
            ReplyFields reply,
            byte[] name,
            long cookie,
            long number,
            FileKind kind)
            throws BadReplyException {
        if (cookie <= DirectoryEntry.START) {
            throw reply.bad("has an entry with the cookie " + cookie);
        }
        if (!isDots(name)) {
            entries.add(new DirectoryEntry(name(reply, name), cookie, number, kind));
        }
    }

    private static FileName name(ReplyFields reply, byte[] name) throws BadReplyException {
        try {
            return FileName.of(name, 0, name.length);
        } catch (FileException e) {
            throw reply.bad("has an entry with an impossible name");
        }
    }

    /** By readdir(3)'s d_type, which is the mode's first four bits; null if it is none. */
    public static FileKind kind(int type) {
        return ReplyFields.kind(type << KIND_SHIFT);
    }

    private static boolean isDots(byte[] name) {
        boolean isShort = name.length == 1 || name.length == 2;
        return isShort && name[0] == '.' && name[name.length - 1] == '.';
    }
}
