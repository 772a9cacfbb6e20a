package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;

/** How often an inode of a window is named, and how often it says it is. */
final class LinkCheck {
    /** From so many links on, a directory may say 1 (Linux, EXT4_LINK_MAX; dir_nlink). */
    private static final int MOST_LINKS = 65000;

    /** Of a directory: its own {@code .}, and the name that it has. */
    private static final int OWN_LINKS = 2;

    private final Geometry geometry;
    private final UsedInodes inodes;
    private final InodeStates states;
    private final Findings findings;

    LinkCheck(Geometry geometry, UsedInodes inodes, InodeStates states, Findings findings) {
        this.geometry = geometry;
        this.inodes = inodes;
        this.states = states;
        this.findings = findings;
    }

    void check(InodeRecord record) {
        long number = record.number();
        boolean isValue = record.hasFlag(InodeFlag.ATTRIBUTE_VALUE);
        if (inodes.isSpecial(number) || isValue) {
            return;
        }
        int names = states.names(number);
        boolean isRoot = number == Geometry.ROOT_INODE;
        if (inodes.isOrphan(record)) {
            if (names > 0) {
                findings.add("inode %d: has a name, and 0 links", number);
            }
        } else if (names == 0 && !isRoot) {
            findings.add("inode %d: used, and has no name", number);
        } else if (record.kind() == FileKind.DIRECTORY) {
            checkDirectory(record);
        } else if (names != record.links()) {
            findings.add("inode %d: %d names, not %d", number, names, record.links());
        }
    }

    private void checkDirectory(InodeRecord record) {
        int expected = OWN_LINKS + states.directories(record.number());
        boolean isMany =
                geometry.has(Feature.DIR_NLINK) && expected >= MOST_LINKS && record.links() == 1;
        if (record.links() != expected && !isMany) {
            findings.add(
                    "inode %d: a directory with %d links, not %d",
                    record.number(), expected, record.links());
        }
    }
}
