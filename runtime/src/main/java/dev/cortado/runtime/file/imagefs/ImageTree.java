package dev.cortado.runtime.file.imagefs;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts files together while an image is built. The same files give the same file system, in
 * whatever order they came.
 *
 * <p>A path is names with slashes between them, in bytes, from the root on; a slash in front is
 * passed over. Who gives one that is no path, or that already stands for something else, gets an
 * IllegalArgumentException.
 */
public final class ImageTree {
    private static final int LINK_PERMISSIONS = 0777;

    /** Of directories that nobody says anything about. */
    private static final int DIRECTORY_PERMISSIONS = 0755;

    /** A directory if it has entries, otherwise a file or a link. */
    private static final class Node {
        private final FileKind kind;
        private final byte[] content;
        private final Map<FileName, Node> entries;
        private int permissions;
        private long modified;

        Node(FileKind kind, int permissions, long modified, byte[] content) {
            this.kind = kind;
            this.permissions = permissions;
            this.modified = modified;
            this.content = content;
            entries = kind == FileKind.DIRECTORY ? new TreeMap<>() : null;
        }
    }

    private final long modified;
    private final Node root;

    /**
     * @param modified of the root, and of directories that are not added themselves; nanoseconds
     *     since 1970
     */
    public ImageTree(long modified) {
        this.modified = modified;
        root = directory(modified);
    }

    private static Node directory(long modified) {
        return new Node(FileKind.DIRECTORY, DIRECTORY_PERMISSIONS, modified, null);
    }

    /** Adds a directory, or says what a directory is like that is there. */
    public void addDirectory(byte[] path, int permissions, long modified) {
        Node node = walk(path, path.length);
        node.permissions = permissions;
        node.modified = modified;
    }

    /**
     * Adds a file, and the directories above it.
     *
     * @param content which nobody changes afterwards: it is not copied
     */
    public void addFile(byte[] path, int permissions, long modified, byte[] content) {
        add(path, new Node(FileKind.REGULAR, permissions, modified, content));
    }

    /** Adds a symbolic link, and the directories above it. */
    public void addLink(byte[] path, long modified, byte[] target) {
        add(path, new Node(FileKind.SYMBOLIC_LINK, LINK_PERMISSIONS, modified, target));
    }

    private void add(byte[] path, Node node) {
        int slash = path.length - 1;
        while (slash >= 0 && path[slash] != '/') {
            slash--;
        }
        FileName name = name(path, slash + 1, path.length);
        if (walk(path, Math.max(slash, 0)).entries.putIfAbsent(name, node) != null) {
            throw new IllegalArgumentException(text(path) + " is there twice");
        }
    }

    /** The directory that the first bytes of a path lead to. */
    private Node walk(byte[] path, int length) {
        Node at = root;
        int start = length > 0 && path[0] == '/' ? 1 : 0;
        while (start < length) {
            int end = start;
            while (end < length && path[end] != '/') {
                end++;
            }
            FileName name = name(path, start, end);
            Node next = at.entries.get(name);
            if (next == null) {
                next = directory(modified);
                at.entries.put(name, next);
            } else if (next.entries == null) {
                throw new IllegalArgumentException(text(path) + ": " + name + " is no directory");
            }
            at = next;
            start = end + 1;
        }
        return at;
    }

    private static FileName name(byte[] path, int start, int end) {
        try {
            return FileName.of(path, start, end - start);
        } catch (FileException e) {
            throw new IllegalArgumentException(text(path) + " is no path of a file", e);
        }
    }

    private static String text(byte[] path) {
        return new String(path, StandardCharsets.UTF_8);
    }

    /** The file system of all that was added. */
    public ImageFileSystem fileSystem() {
        return new ImageFileSystem(this);
    }

    /** What a file system begins with. */
    record Planting(ImageDirectory root, long files, long blocks) {}

    Planting plant(ImageFileSystem owner) {
        return new Planter(owner).plant(root);
    }

    /** Makes the files of one file system, and numbers them. */
    private static final class Planter {
        private final ImageFileSystem owner;
        private long numbers;
        private long blocks;

        Planter(ImageFileSystem owner) {
            this.owner = owner;
        }

        Planting plant(Node root) {
            ImageDirectory made = directory(root, null);
            return new Planting(made, numbers, blocks);
        }

        private ImageDirectory directory(Node node, ImageDirectory parent) {
            FileName[] names = node.entries.keySet().toArray(FileName[]::new);
            ImageDirectory made =
                    new ImageDirectory(
                            owner, ++numbers, node.permissions, node.modified, parent, names);
            for (int i = 0; i < names.length; i++) {
                Node entry = node.entries.get(names[i]);
                made.set(i, entry.entries == null ? file(entry) : directory(entry, made));
            }
            return made;
        }

        private ImageInode file(Node node) {
            ImageInode made =
                    new ImageInode(
                            owner,
                            ++numbers,
                            node.kind,
                            node.permissions,
                            node.modified,
                            node.content);
            blocks += made.blocks();
            return made;
        }
    }
}
