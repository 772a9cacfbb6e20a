package dev.cortado.runtime.file.imagefs;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Puts an index together (see {@link IndexLayout}), while an image is built. */
public final class IndexWriter {
    /** A file, or a directory if it has a map of entries. */
    private static final class Node {
        private final FileName name;
        private final TreeMap<FileName, Node> entries;
        private final long offset;
        private final long length;
        private int parent;

        Node(FileName name, TreeMap<FileName, Node> entries, long offset, long length) {
            this.name = name;
            this.entries = entries;
            this.offset = offset;
            this.length = length;
        }
    }

    private final Node root = new Node(null, new TreeMap<>(), 0, 0);

    /**
     * Adds a file, and the directories above it.
     *
     * @param path names with slashes between them, from the root on
     * @param offset where among the contents it begins, in bytes
     * @throws IllegalArgumentException if the path is no path, or already stands for something else
     */
    public void addFile(String path, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    path + ": " + length + " bytes from " + offset + " on");
        }
        int slash = path.lastIndexOf('/');
        Node directory = slash < 0 ? root : directory(path.substring(0, slash));
        FileName name = name(path, path.substring(slash + 1));
        if (directory.entries.putIfAbsent(name, new Node(name, null, offset, length)) != null) {
            throw new IllegalArgumentException(path + ": there twice");
        }
    }

    /** Adds a directory that may stay empty, and those above it; as {@link #addFile}. */
    public void addDirectory(String path) {
        directory(path);
    }

    private Node directory(String path) {
        Node at = root;
        for (String text : path.split("/", -1)) {
            FileName name = name(path, text);
            at = at.entries.computeIfAbsent(name, key -> new Node(key, new TreeMap<>(), 0, 0));
            if (at.entries == null) {
                throw new IllegalArgumentException(path + ": " + name + " is a file");
            }
        }
        return at;
    }

    private static FileName name(String path, String text) {
        try {
            return FileName.of(text);
        } catch (FileException e) {
            throw new IllegalArgumentException(path + ": '" + text + "' cannot be a name", e);
        }
    }

    /**
     * The index of what was added. The same files give the same bytes, in whatever order they came.
     *
     * @param time of all files, in nanoseconds since 1970
     */
    public byte[] write(long time) {
        List<Node> nodes = inOrder();
        int nameBytes = 0;
        for (Node node : nodes) {
            nameBytes += nameLength(node);
        }
        long size = IndexLayout.bytes(nodes.size(), nameBytes);
        ByteBuffer index =
                ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        index.putInt(IndexLayout.MAGIC_AT, IndexLayout.MAGIC);
        index.putInt(IndexLayout.VERSION_AT, IndexLayout.VERSION);
        index.putInt(IndexLayout.NODES_AT, nodes.size());
        index.putInt(IndexLayout.NAME_BYTES_AT, nameBytes);
        index.putLong(IndexLayout.TIME_AT, time);
        int nextEntry = IndexLayout.ROOT + 1;
        int nextName = 0;
        for (int number = 0; number < nodes.size(); number++) {
            Node node = nodes.get(number);
            boolean isFile = node.entries == null;
            int at = IndexLayout.node(number);
            index.putInt(
                    at + IndexLayout.KIND,
                    isFile ? IndexLayout.KIND_FILE : IndexLayout.KIND_DIRECTORY);
            index.putInt(at + IndexLayout.PARENT, node.parent);
            index.putInt(at + IndexLayout.NAME, nextName);
            index.putInt(at + IndexLayout.NAME_LENGTH, nameLength(node));
            index.putLong(at + IndexLayout.FIRST, isFile ? node.offset : nextEntry);
            index.putLong(at + IndexLayout.COUNT, isFile ? node.length : node.entries.size());
            if (node.name != null) {
                index.put(IndexLayout.node(nodes.size()) + nextName, node.name.bytes());
            }
            nextName += nameLength(node);
            nextEntry += isFile ? 0 : node.entries.size();
        }
        return index.array();
    }

    /** All nodes, each directory's entries in one piece; tells them their parents' numbers. */
    private List<Node> inOrder() {
        List<Node> nodes = new ArrayList<>();
        nodes.add(root);
        for (int number = 0; number < nodes.size(); number++) {
            Node node = nodes.get(number);
            if (node.entries != null) {
                for (Node entry : node.entries.values()) {
                    entry.parent = number;
                    nodes.add(entry);
                }
            }
        }
        return nodes;
    }

    private static int nameLength(Node node) {
        return node.name == null ? 0 : node.name.length();
    }
}
