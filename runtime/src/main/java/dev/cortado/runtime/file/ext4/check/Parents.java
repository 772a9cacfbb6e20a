package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.ext4.layout.Geometry;
import java.util.HashMap;
import java.util.Map;

/** The tree of directories: which is in which, as entries say and as {@code ..} says. */
final class Parents {
    /** More directories than that are not followed up to the root. */
    private static final int MOST_DIRECTORIES = 1 << 20;

    /** By directory: the one that has an entry for it. */
    private final Map<Long, Long> entries = new HashMap<>();

    /** By directory: what its {@code ..} says. */
    private final Map<Long, Long> said = new HashMap<>();

    void setSaid(long directory, long parent) {
        if (said.size() < MOST_DIRECTORIES) {
            said.put(directory, parent);
        }
    }

    void addEntry(long directory, long parent, Findings findings) {
        if (directory == Geometry.ROOT_INODE) {
            findings.add("inode %d: has an entry for the root directory", parent);
        } else if (entries.size() < MOST_DIRECTORIES && entries.put(directory, parent) != null) {
            findings.add("inode %d: a directory with two names", directory);
        }
    }

    /** Follows each up to the root. */
    void report(Findings findings) {
        entries.put(Geometry.ROOT_INODE, Geometry.ROOT_INODE);
        if (said.size() >= MOST_DIRECTORIES) {
            return;
        }
        said.forEach((directory, parent) -> {
            Long entry = entries.get(directory);
            if (entry != null && !entry.equals(parent)) {
                findings.add(
                        "inode %d: .. is inode %d, but it is in inode %d",
                        directory, parent, entry);
            }
            if (entry != null && !reachesRoot(directory)) {
                findings.add("inode %d: a directory that the root does not lead to", directory);
            }
        });
    }

    private boolean reachesRoot(long directory) {
        long at = directory;
        for (int steps = 0; steps <= entries.size(); steps++) {
            if (at == Geometry.ROOT_INODE) {
                entries.put(directory, Geometry.ROOT_INODE);
                return true;
            }
            Long parent = entries.get(at);
            if (parent == null) {
                return false;
            }
            at = parent;
        }
        return false;
    }
}
