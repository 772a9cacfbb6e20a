package dev.cortado.runtime.file.imagefs;

/**
 * How an index lies in memory. Numbers are little-endian.
 *
 * <pre>
 *    0  magic           "CTIX"
 *    4  version         1
 *    8  nodes           how many; 1 or more
 *   12  name bytes      how many
 *   16  time            of all files, in nanoseconds since 1970
 *   24  the nodes, 32 bytes each
 *       the names, without anything in between
 *
 * A node:
 *    0  kind            1 directory, 2 regular file
 *    4  parent          number of its directory's node; the root's is 0
 *    8  name            where among the names it begins
 *   12  name length     in bytes; 0 for the root only
 *   16  first           a directory's first entry's node; a file's offset in the contents
 *   24  count           a directory's number of entries; a file's length in bytes
 * </pre>
 *
 * <p>Node 0 is the root. A directory's entries follow each other, in the order of their names'
 * bytes; those of the first directory come first, then those of the second, and so on: the nodes
 * are in the order of a breadth-first walk, so each has one parent, which comes before it, and
 * nothing can loop.
 */
final class IndexLayout {
    static final int MAGIC = 'C' | 'T' << 8 | 'I' << 16 | 'X' << 24;
    static final int VERSION = 1;

    static final int MAGIC_AT = 0;
    static final int VERSION_AT = 4;
    static final int NODES_AT = 8;
    static final int NAME_BYTES_AT = 12;
    static final int TIME_AT = 16;
    static final int HEADER_BYTES = 24;

    static final int KIND = 0;
    static final int PARENT = 4;
    static final int NAME = 8;
    static final int NAME_LENGTH = 12;
    static final int FIRST = 16;
    static final int COUNT = 24;
    static final int NODE_BYTES = 32;

    static final int KIND_DIRECTORY = 1;
    static final int KIND_FILE = 2;

    static final int ROOT = 0;

    private IndexLayout() {}

    /** Where a node begins. */
    static int node(int number) {
        return HEADER_BYTES + number * NODE_BYTES;
    }

    /** Bytes of an index; more than an array can have if the numbers are wild. */
    static long bytes(long nodes, long nameBytes) {
        return HEADER_BYTES + nodes * NODE_BYTES + nameBytes;
    }
}
