package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.tree.OpenNames.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Walks one path, a name at a time (POSIX, 4.16 Pathname Resolution; path_resolution(7)). It is
 * always in a directory, with the path's last part still before it: what is to be made, removed or
 * opened has a name there. A symbolic link's target is walked in place of its name; no more than
 * {@value #MAXIMUM_LINKS} in a walk.
 */
final class PathWalk {
    /** PATH_MAX without the zero at the end (Linux, linux/limits.h). */
    static final int MAXIMUM_BYTES = 4095;

    /** As Linux follows (MAXSYMLINKS, linux/namei.h). */
    static final int MAXIMUM_LINKS = 40;

    /** What the last part is. */
    enum Last {
        NAME,
        DOT,
        DOT_DOT,

        /** There is none: the path is all slashes. */
        ROOT
    }

    /** A path, or the target of a link in it, and how far it has been walked. */
    private static final class Part {
        private final byte[] path;
        private int at;

        Part(byte[] path) {
            this.path = path;
        }

        boolean skipSlashes() {
            while (at < path.length && path[at] == '/') {
                at++;
            }
            return at == path.length;
        }

        int endOfName() {
            int end = at;
            while (end < path.length && path[end] != '/') {
                end++;
            }
            return end;
        }

        /** What it has been walked up to. */
        FileName name() throws FileException {
            return FileName.of(path, at, endOfName() - at);
        }

        boolean hasOnlySlashes(int from) {
            int i = from;
            while (i < path.length && path[i] == '/') {
                i++;
            }
            return i == path.length;
        }

        boolean isDots(int end, int count) {
            return end - at == count && path[at] == '.' && path[end - 1] == '.';
        }
    }

    private final Mounts mounts;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final List<FileName> names = new ArrayList<>();

    private Location directory;
    private Last last;
    private boolean hasSlash;
    private int links;

    /**
     * Walks up to the last part.
     *
     * @param start where a path begins that does not begin with a slash
     * @throws FileException ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG; EINVAL for a zero in the path
     */
    PathWalk(Mounts mounts, Location start, byte[] path) throws FileException {
        this.mounts = mounts;
        directory = start;
        begin(path);
        walk();
    }

    /**
     * Before anything else is looked at.
     *
     * @throws FileException ENOENT for an empty path, ENAMETOOLONG
     */
    static void requirePath(byte[] path) throws FileException {
        if (path.length == 0) {
            throw new FileException(Errno.ENOENT);
        }
        if (path.length > MAXIMUM_BYTES) {
            throw new FileException(Errno.ENAMETOOLONG);
        }
    }

    /** The directory that the last part is looked up in. */
    Location directory() {
        return directory;
    }

    Last last() {
        return last;
    }

    /**
     * The last part, if it is a name.
     *
     * @throws FileException ENAMETOOLONG: only who looks it up is told, as on Linux
     */
    FileName name() throws FileException {
        return parts.peek().name();
    }

    /** Whether slashes follow the last part, so that only a directory will do. */
    boolean hasSlash() {
        return hasSlash;
    }

    /** The names from the root to the directory, without links, if the walk began at the root. */
    List<FileName> names() {
        return names;
    }

    /**
     * What the last part stands for, whatever follows it.
     *
     * @throws FileException ENOENT
     */
    Location peek() throws FileException {
        return switch (last) {
            case NAME -> mounts.child(directory, name());
            case DOT_DOT -> mounts.parent(directory);
            case DOT, ROOT -> directory;
        };
    }

    /**
     * What the path leads to. Afterwards the last part is the one that does not lead on.
     *
     * @param follows whether a symbolic link at the end is followed, as it is before a slash
     */
    Location resolve(boolean follows) throws FileException {
        boolean needsDirectory = hasSlash;
        Location found = peek();
        while (isLink(found) && (follows || needsDirectory)) {
            followLast(found);
            needsDirectory |= hasSlash;
            found = peek();
        }
        if (needsDirectory) {
            found.requireDirectory();
        }
        return found;
    }

    /** The entry that leads to what was found; null if that is {@code .}, {@code ..} or a root. */
    Place place(Location found) throws FileException {
        boolean isEntry = last == Last.NAME && found.mount().equals(directory.mount());
        return isEntry ? new Place(directory, name()) : null;
    }

    /** Goes on with the target of the link that the last part has turned out to be. */
    void followLast(Location link) throws FileException {
        parts.pop();
        follow(link);
        walk();
    }

    static boolean isLink(Location location) {
        return location.inode().kind() == FileKind.SYMBOLIC_LINK;
    }

    private void follow(Location link) throws FileException {
        if (++links > MAXIMUM_LINKS) {
            throw new FileException(Errno.ELOOP);
        }
        begin(link.fileSystem().readLink(link.inode()));
    }

    private void begin(byte[] path) throws FileException {
        requirePath(path);
        if (path[0] == '/') {
            directory = mounts.root();
            names.clear();
        }
        parts.push(new Part(path));
    }

    /** Walks on to the last part. Each turn walks a name or ends a part, and both are limited. */
    private void walk() throws FileException {
        last = null;
        while (last == null) {
            Part part = parts.peek();
            if (!part.skipSlashes()) {
                walkName(part);
            } else if (parts.size() > 1) {
                parts.pop();
            } else {
                last = Last.ROOT;
                hasSlash = true;
            }
        }
    }

    private void walkName(Part part) throws FileException {
        directory.requireDirectory();
        int end = part.endOfName();
        Last kind = kind(part, end);
        if (parts.size() == 1 && part.hasOnlySlashes(end)) {
            last = kind;
            hasSlash = end < part.path.length;
            return;
        }
        FileName name = kind == Last.NAME ? part.name() : null;
        part.at = end;
        switch (kind) {
            case NAME -> enter(name);
            case DOT_DOT -> {
                directory = mounts.parent(directory);
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            }
            case DOT, ROOT -> {}
        }
    }

    private static Last kind(Part part, int end) {
        if (part.isDots(end, 1)) {
            return Last.DOT;
        }
        return part.isDots(end, 2) ? Last.DOT_DOT : Last.NAME;
    }

    private void enter(FileName child) throws FileException {
        Location found = mounts.child(directory, child);
        if (isLink(found)) {
            follow(found);
        } else {
            directory = found;
            names.add(child);
        }
    }
}
