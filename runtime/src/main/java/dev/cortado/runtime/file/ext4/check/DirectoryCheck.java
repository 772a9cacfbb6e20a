package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.directory.Directory;
import dev.cortado.runtime.file.ext4.directory.Entry;
import dev.cortado.runtime.file.ext4.directory.FoundNames;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import java.util.HashSet;
import java.util.Set;

/** One directory after the other: its entries, and whom they lead to. */
final class DirectoryCheck {
    /** Bytes of the shortest entry. */
    private static final int LEAST_ENTRY_BYTES = 12;

    /** Names of a directory without an index that are compared with each other. */
    private static final int MOST_COMPARED = 1 << 16;

    private final BlockGroups groups;
    private final BlockAllocator allocator;
    private final Window window;
    private final UsedInodes inodes;
    private final InodeStates states;
    private final Parents parents;
    private final Findings findings;
    private final Findings ofDirectories;

    /**
     * @param findings of inodes of the window
     * @param ofDirectories of directories, whatever the window
     */
    DirectoryCheck(
            BlockGroups groups,
            BlockAllocator allocator,
            Window window,
            UsedInodes inodes,
            InodeStates states,
            Parents parents,
            Findings findings,
            Findings ofDirectories) {
        this.groups = groups;
        this.allocator = allocator;
        this.window = window;
        this.inodes = inodes;
        this.states = states;
        this.parents = parents;
        this.findings = findings;
        this.ofDirectories = ofDirectories;
    }

    void check(InodeRecord record) throws FileException {
        if (record.kind() != FileKind.DIRECTORY) {
            return;
        }
        long number = record.number();
        CheckedInode inode = new CheckedInode(groups, allocator, record);
        Directory directory = new Directory(groups, inode, new FoundNames());
        Set<FileName> names = new HashSet<>();
        try {
            boolean isIndexed = inode.isIndexed();
            if (window.isFirst()) {
                parents.setSaid(number, directory.parent());
            }
            long left = Math.max(record.size(), groups.geometry().blockBytes());
            Entry entry = directory.next(0);
            while (entry != null && left > 0) {
                check(number, entry);
                if (isIndexed) {
                    checkIndex(number, directory, entry);
                } else if (names.size() < MOST_COMPARED && !names.add(entry.name())) {
                    ofDirectories.add("inode %d: \"%s\" is there twice", number, entry.name());
                }
                left -= LEAST_ENTRY_BYTES;
                entry = directory.next(entry.cookie());
            }
        } catch (FileException e) {
            ofDirectories.add(e);
        }
    }

    /** An entry that is found one after the other is to be found by its name. */
    private void checkIndex(long number, Directory directory, Entry entry) throws FileException {
        if (window.isFirst() && directory.find(entry.name()) != entry.inode()) {
            ofDirectories.add("inode %d: its index does not lead to \"%s\"", number, entry.name());
        }
    }

    private void check(long directory, Entry entry) throws FileException {
        long inode = entry.inode();
        if (window.hasInode(directory) && isDirectory(entry)) {
            states.addDirectory(directory);
        }
        if (!window.hasInode(inode)) {
            return;
        }
        if (!states.isUsed(inode)) {
            findings.add(
                    "inode %d: \"%s\" leads to inode %d, which is not used",
                    directory, entry.name(), inode);
            return;
        }
        FileKind kind = states.kind(inode);
        if (entry.kind() != null && entry.kind() != kind) {
            findings.add(
                    "inode %d: \"%s\" is said to be %s, but inode %d is %s",
                    directory, entry.name(), entry.kind(), inode, kind);
        }
        states.addName(inode);
        if (kind == FileKind.DIRECTORY) {
            parents.addEntry(inode, directory, findings);
        }
    }

    private boolean isDirectory(Entry entry) throws FileException {
        return entry.kind() == null
                ? inodes.record(entry.inode()).kind() == FileKind.DIRECTORY
                : entry.kind() == FileKind.DIRECTORY;
    }
}
