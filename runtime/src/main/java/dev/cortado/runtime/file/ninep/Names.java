package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ninep.HeldFile.Use;
import dev.cortado.runtime.file.ninep.NameCalls.Walked;
import dev.cortado.runtime.file.ninep.NinepInode.Step;
import java.util.List;

/** The names of a shared folder's files: found, given, taken and moved. */
final class Names {
    /** S_ISGID (POSIX, sys/stat.h). */
    private static final int SET_GROUP = 02000;

    private final NinepFileSystem owner;
    private final Fids fids;
    private final HeldFiles held;

    /**
     * @param owner whose files they are
     */
    Names(NinepFileSystem owner, Fids fids, HeldFiles held) {
        this.owner = owner;
        this.fids = fids;
        this.held = held;
    }

    /**
     * What an entry leads to.
     *
     * @param name may be {@code ..}
     * @throws FileException ENOENT
     */
    NinepInode find(NinepInode from, byte[] name) throws FileException {
        Walked walked = fids.with(from, fid -> NameCalls.walk(fid, List.of(name)));
        boolean isFound = false;
        try {
            NinepInode inode = found(walked, new Step(from, name));
            isFound = true;
            fids.adopt(inode, walked.fid());
            fids.unpin(inode);
            return inode;
        } finally {
            if (!isFound) {
                walked.fid().session().drop(walked.fid());
            }
        }
    }

    private NinepInode found(Walked walked, Step step) throws FileException {
        Qid qid = walked.qid();
        if (qid.isDirectory()) {
            return new NinepInode(owner, qid.path(), FileKind.DIRECTORY, step, null);
        }
        if (qid.isSymbolicLink()) {
            return new NinepInode(owner, qid.path(), FileKind.SYMBOLIC_LINK, step, null);
        }
        // Of others, a qid does not say what they are.
        Attributes seen = AttributeCalls.attributes(walked.fid());
        if (seen.inode() != qid.path()) {
            throw new FileException(Errno.ENOENT);
        }
        return new NinepInode(owner, qid.path(), seen.kind(), step, seen);
    }

    NinepInode create(NinepInode in, FileName name, int permissions) throws FileException {
        Walked clone = fids.with(in, fid -> NameCalls.walk(fid, List.of()));
        try {
            Qid qid = NameCalls.create(clone.fid(), name, permissions);
            return made(in, name, qid, FileKind.REGULAR);
        } finally {
            clone.fid().session().drop(clone.fid());
        }
    }

    NinepInode makeDirectory(NinepInode in, FileName name, int permissions) throws FileException {
        Qid qid = fids.with(in, fid -> makeDirectory(fid, name, permissions));
        return made(in, name, qid, FileKind.DIRECTORY);
    }

    /** Servers give it these permissions and no others, also where directories hand one down. */
    private static Qid makeDirectory(Fid in, FileName name, int permissions) throws FileException {
        int handedDown = AttributeCalls.attributes(in).permissions() & SET_GROUP;
        return NameCalls.makeDirectory(in, name, permissions | handedDown);
    }

    NinepInode makeSymbolicLink(NinepInode in, FileName name, byte[] target) throws FileException {
        Qid qid = fids.with(in, fid -> NameCalls.makeSymbolicLink(fid, name, target));
        return made(in, name, qid, FileKind.SYMBOLIC_LINK);
    }

    private NinepInode made(NinepInode in, FileName name, Qid qid, FileKind kind) {
        return new NinepInode(owner, qid.path(), kind, new Step(in, name.bytes()), null);
    }

    void link(NinepInode file, NinepInode in, FileName name) throws FileException {
        fids.with(
                file,
                fid -> {
                    fids.with(
                            in,
                            to -> {
                                NameCalls.link(fid, to, name);
                                return null;
                            });
                    return null;
                });
    }

    void remove(NinepInode in, FileName name, boolean isDirectory) throws FileException {
        keepOpen(in, name);
        fids.with(
                in,
                fid -> {
                    NameCalls.remove(fid, name, isDirectory);
                    return null;
                });
    }

    void rename(NinepInode source, FileName from, NinepInode target, FileName to)
            throws FileException {
        keepOpen(target, to);
        fids.with(
                source,
                fid -> {
                    fids.with(
                            target,
                            toFid -> {
                                NameCalls.rename(fid, from, toFid, to);
                                return null;
                            });
                    return null;
                });
    }

    /**
     * The file of a name that is going to be another's or nobody's cannot be opened any more then:
     * if somebody has it, it is opened for all that may come.
     */
    private void keepOpen(NinepInode directory, FileName name) {
        if (held.isEmpty()) {
            return;
        }
        try {
            NinepInode inode = find(directory, name.bytes());
            HeldFile file = held.holdIfRetained(inode);
            if (file != null) {
                try {
                    keepOpen(file);
                } finally {
                    held.letGo(inode);
                }
            }
        } catch (FileException e) {
            // What cannot be opened now cannot be later either.
        }
    }

    private static void keepOpen(HeldFile file) throws FileException {
        file.attributes();
        if (file.inode().kind() == FileKind.REGULAR) {
            file.open(Use.WRITE);
        }
    }
}
