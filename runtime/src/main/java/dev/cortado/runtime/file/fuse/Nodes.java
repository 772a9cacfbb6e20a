package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.folder.BadReplyException;
import java.util.HashMap;
import java.util.Map;

/** The nodes that a server has named and was not told to forget. */
final class Nodes {
    /**
     * What is known of one.
     *
     * @param generation tells files from each other that have had the same node
     * @param inode as the server numbers it
     * @param space which of the folder's file systems it is of, see {@link Space}
     */
    record Node(long generation, long inode, FileKind kind, Space space) {
        /** The number by which others know it. */
        long number() {
            return space.number(inode);
        }
    }

    private static final class Named {
        private final Node node;
        private int count;

        Named(Node node) {
            this.node = node;
        }
    }

    private final Map<Long, Named> nodes = new HashMap<>();
    private final Map<Long, Long> byNumber = new HashMap<>();
    private int total;

    /** What is known of one; null if it was not named. */
    synchronized Node find(long id) {
        Named named = nodes.get(id);
        return named == null ? null : named.node;
    }

    /**
     * A server has named one.
     *
     * @return what is known of it: if it was named before, that
     * @throws BadReplyException it is another one than before, or a file has two; it is not counted
     */
    synchronized Node add(long id, Node seen, Reply reply) throws BadReplyException {
        Named named = nodes.get(id);
        if (named == null) {
            Long other = byNumber.putIfAbsent(seen.number(), id);
            if (other != null) {
                throw reply.bad(
                        "has a second file with the number "
                                + seen.inode()
                                + ": of several file systems, it has to say so"
                                + " (announce_submounts)");
            }
            named = new Named(seen);
            nodes.put(id, named);
        } else if (named.node.inode() != seen.inode()
                || named.node.kind() != seen.kind()
                || named.node.generation() != seen.generation()) {
            throw reply.bad("has another file as " + Long.toUnsignedString(id));
        }
        named.count++;
        total++;
        return named.node;
    }

    /** It is going to be forgotten once. */
    synchronized void remove(long id) {
        Named named = nodes.get(id);
        if (named == null) {
            throw new IllegalStateException("node " + id + " was not named as often");
        }
        named.count--;
        total--;
        if (named.count == 0) {
            nodes.remove(id);
            byNumber.remove(named.node.number());
        }
    }

    /** How often they were named. */
    synchronized int total() {
        return total;
    }
}
