package dev.cortado.runtime.file.imagefs;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Checks that bytes are an index as {@link IndexLayout} describes it, in one pass: behind it, no
 * field has to be looked at twice.
 */
final class IndexCheck {
    private final byte[] bytes;
    private final ByteBuffer numbers;
    private final long contentBytes;

    private int nodes;
    private int nameBytes;

    /** The node that the next directory's entries begin with. */
    private int nextEntry = IndexLayout.ROOT + 1;

    IndexCheck(byte[] bytes, long contentBytes) {
        this.bytes = bytes;
        this.contentBytes = contentBytes;
        numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    void run() throws BadIndexException {
        checkHeader();
        for (int node = IndexLayout.ROOT; node < nodes; node++) {
            checkName(node);
            checkContent(node);
        }
        require(nextEntry == nodes, "%d nodes, of which directories have %d", nodes, nextEntry);
    }

    private void checkHeader() throws BadIndexException {
        require(
                bytes.length >= IndexLayout.HEADER_BYTES,
                "%d bytes are shorter than its header",
                bytes.length);
        int magic = numbers.getInt(IndexLayout.MAGIC_AT);
        require(magic == IndexLayout.MAGIC, "it begins with 0x%x", magic);
        int version = numbers.getInt(IndexLayout.VERSION_AT);
        require(version == IndexLayout.VERSION, "version %d, not 1", version);
        nodes = numbers.getInt(IndexLayout.NODES_AT);
        nameBytes = numbers.getInt(IndexLayout.NAME_BYTES_AT);
        require(
                nodes > 0 && nameBytes >= 0 && IndexLayout.bytes(nodes, nameBytes) == bytes.length,
                "%d bytes with %d nodes and %d bytes of names",
                bytes.length,
                nodes,
                nameBytes);
    }

    private void checkName(int node) throws BadIndexException {
        int start = field(node, IndexLayout.NAME);
        int length = field(node, IndexLayout.NAME_LENGTH);
        int parent = field(node, IndexLayout.PARENT);
        require(
                start >= 0 && length >= 0 && length <= nameBytes - start,
                "node %d: a name of %d bytes at %d",
                node,
                length,
                start);
        if (node == IndexLayout.ROOT) {
            require(length == 0 && parent == IndexLayout.ROOT, "node 0 is not a root");
            return;
        }
        int at = IndexLayout.node(nodes) + start;
        require(isName(at, length), "node %d: no name for a file", node);
        // Nodes before this one are checked: if it is an entry, its directory has said so.
        require(
                node < nextEntry && parent >= 0 && parent < node,
                "node %d: parent %d",
                node,
                parent);
        require(
                isEntry(parent, node),
                "node %d: node %d is not the directory that it is in",
                node,
                parent);
        boolean isFirst = numbers.getLong(IndexLayout.node(parent) + IndexLayout.FIRST) == node;
        require(isFirst || isBefore(node - 1, at, length), "node %d: out of order", node);
    }

    private boolean isName(int at, int length) {
        try {
            FileName.of(bytes, at, length);
            return true;
        } catch (FileException e) {
            return false;
        }
    }

    private boolean isEntry(int directory, int node) {
        long first = numbers.getLong(IndexLayout.node(directory) + IndexLayout.FIRST);
        long count = numbers.getLong(IndexLayout.node(directory) + IndexLayout.COUNT);
        return field(directory, IndexLayout.KIND) == IndexLayout.KIND_DIRECTORY
                && node >= first
                && node - first < count;
    }

    private boolean isBefore(int node, int at, int length) {
        int start = IndexLayout.node(nodes) + field(node, IndexLayout.NAME);
        int end = start + field(node, IndexLayout.NAME_LENGTH);
        return Arrays.compareUnsigned(bytes, start, end, bytes, at, at + length) < 0;
    }

    private void checkContent(int node) throws BadIndexException {
        int kind = field(node, IndexLayout.KIND);
        long first = numbers.getLong(IndexLayout.node(node) + IndexLayout.FIRST);
        long count = numbers.getLong(IndexLayout.node(node) + IndexLayout.COUNT);
        if (kind == IndexLayout.KIND_DIRECTORY) {
            require(
                    first == nextEntry && count >= 0 && count <= nodes - nextEntry,
                    "node %d: %d entries from node %d on",
                    node,
                    count,
                    first);
            nextEntry += (int) count;
        } else {
            require(kind == IndexLayout.KIND_FILE, "node %d: kind %d", node, kind);
            require(node != IndexLayout.ROOT, "node 0 is not a root");
            require(
                    first >= 0 && count >= 0 && count <= contentBytes - first,
                    "node %d: %d bytes from %d on, of %d",
                    node,
                    count,
                    first,
                    contentBytes);
        }
    }

    private int field(int node, int field) {
        return numbers.getInt(IndexLayout.node(node) + field);
    }

    private static void require(boolean condition, String format, Object... values)
            throws BadIndexException {
        if (!condition) {
            throw new BadIndexException("Index of files: " + format.formatted(values));
        }
    }
}
