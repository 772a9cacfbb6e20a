package dev.cortado.runtime.file.imagefs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads an index (see {@link IndexLayout}) that was checked as a whole before. Never changes. */
final class FileIndex {
    private final byte[] bytes;
    private final ByteBuffer numbers;
    private final int nodes;
    private final int names;

    /** Of bytes that {@link IndexCheck} has found good and that nobody changes. */
    private FileIndex(byte[] bytes) {
        this.bytes = bytes;
        numbers = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        numbers.order(ByteOrder.LITTLE_ENDIAN);
        nodes = numbers.getInt(IndexLayout.NODES_AT);
        names = IndexLayout.node(nodes);
    }

    /**
     * Checks an index.
     *
     * @param contentBytes how many there are for the files' contents to be in
     */
    static FileIndex read(byte[] bytes, long contentBytes) throws BadIndexException {
        new IndexCheck(bytes, contentBytes).run();
        return new FileIndex(bytes);
    }

    /** Nodes are numbered from {@link IndexLayout#ROOT} on. */
    int nodes() {
        return nodes;
    }

    /** Nanoseconds since 1970. */
    long time() {
        return numbers.getLong(IndexLayout.TIME_AT);
    }

    boolean isDirectory(int node) {
        return field(node, IndexLayout.KIND) == IndexLayout.KIND_DIRECTORY;
    }

    int parent(int node) {
        return field(node, IndexLayout.PARENT);
    }

    /** A directory's first entry. */
    int firstEntry(int node) {
        return (int) longField(node, IndexLayout.FIRST);
    }

    /** How many entries a directory has. */
    int entries(int node) {
        return (int) longField(node, IndexLayout.COUNT);
    }

    /** Where a file's content begins. */
    long offset(int node) {
        return longField(node, IndexLayout.FIRST);
    }

    /** Bytes of a file's content. */
    long length(int node) {
        return longField(node, IndexLayout.COUNT);
    }

    byte[] name(int node) {
        int start = names + field(node, IndexLayout.NAME);
        return Arrays.copyOfRange(bytes, start, start + field(node, IndexLayout.NAME_LENGTH));
    }

    /** The entry of a directory that has a name, -1 if none has. */
    int find(int directory, byte[] name) {
        int low = firstEntry(directory);
        int high = low + entries(directory) - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = compareName(middle, name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int compareName(int node, byte[] name) {
        int start = names + field(node, IndexLayout.NAME);
        int end = start + field(node, IndexLayout.NAME_LENGTH);
        return Arrays.compareUnsigned(bytes, start, end, name, 0, name.length);
    }

    private int field(int node, int field) {
        return numbers.getInt(IndexLayout.node(node) + field);
    }

    private long longField(int node, int field) {
        return numbers.getLong(IndexLayout.node(node) + field);
    }
}
