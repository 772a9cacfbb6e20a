package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.storage.transaction.Change;

/** A directory of blocks that are searched one after the other. */
final class LinearDirectory extends SegmentList {
    private final DirectoryBlocks blocks;

    LinearDirectory(DirectoryBlocks blocks) {
        super(blocks.format());
        this.blocks = blocks;
    }

    @Override
    long segments() throws FileException {
        return blocks.count();
    }

    @Override
    Segment segment(long number) throws FileException {
        return blocks.leaf(number);
    }

    @Override
    long segmentAt(long position) {
        return position / blocks.format().blockBytes();
    }

    @Override
    boolean isBeforeTree() throws FileException {
        return blocks.format().hasTrees() && blocks.count() == 1;
    }

    @Override
    public boolean insert(Change change, FileName name, long inode, FileKind kind)
            throws FileException {
        if (blocks.root().isIndexed()) {
            // Without the feature nobody keeps the tree up.
            blocks.root().setIndexed(change, false);
        }
        if (insertIntoSegments(change, name, inode, kind)) {
            return true;
        }
        if (isBeforeTree()) {
            return false;
        }
        Segment added = blocks.appendLeaf(change);
        EntryList entries = added.entries();
        entries.insert(entries.begin(), name.bytes(), inode, kind);
        added.save(change, entries);
        return true;
    }

    @Override
    public long parent() throws FileException {
        FoundEntry entry = parentEntry();
        return entry.segment().entries().inode(entry.offset());
    }

    @Override
    public void setParent(Change change, long inode) throws FileException {
        FoundEntry entry = parentEntry();
        EntryList edited = entry.segment().edit(change);
        edited.setInode(entry.offset(), inode);
        entry.segment().save(change, edited);
    }

    /** In the first block. */
    private FoundEntry parentEntry() throws FileException {
        Segment first = blocks.leaf(0);
        int offset = first.entries().find(EntryList.DOT_DOT);
        if (offset < 0) {
            throw blocks.damage(0, "no ..");
        }
        return new FoundEntry(first, offset);
    }
}
