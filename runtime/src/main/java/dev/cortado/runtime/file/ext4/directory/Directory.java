package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.map.FileMap;
import dev.cortado.runtime.file.storage.transaction.Change;

/**
 * The entries of one directory. There is one of these for each directory that is in memory: it
 * remembers entries that were read, and forgets them when something is changed.
 */
public final class Directory {
    /** New blocks of one insertion: a tree begins, entries are split twice, each level grows. */
    private static final int NEW_BLOCKS = 6;

    /** Of a new block: itself, the one that it was split from, a bitmap and its descriptor. */
    private static final int NEW_BLOCK_CREDITS = 4;

    /** The inode, the superblock, the root and the block with the entries. */
    private static final int OTHER_CREDITS = 4;

    private final DirectoryRoot root;
    private final DirectoryFormat format;
    private final DirectoryBlocks blocks;
    private final FoundNames names;

    /** What was read last. */
    private EntryBatch batch = EntryBatch.NONE;

    /** Grows with each change of its entries. */
    private long version;

    /**
     * @param names of all directories of the file system, as far as they were looked for lately
     */
    public Directory(BlockGroups groups, DirectoryRoot root, FoundNames names) {
        this.root = root;
        this.names = names;
        format = DirectoryFormat.of(groups.geometry());
        blocks = new DirectoryBlocks(groups, root, format);
    }

    /** Makes the first block of a new directory, or its inline bytes if the root is inline. */
    public void create(Change change, long parent) throws FileException {
        forget();
        if (root.isInline()) {
            new InlineDirectory(root, format).create(change, parent);
        } else {
            Segment first = blocks.appendLeaf(change);
            first.entries().insertDots(root.number(), parent);
            first.save(change, first.entries());
        }
    }

    private DirectoryForm form() throws FileException {
        if (root.isInline()) {
            return new InlineDirectory(root, format);
        }
        return root.isIndexed() && format.hasTrees()
                ? new HashTree(blocks)
                : new LinearDirectory(blocks);
    }

    /** The number of the inode that a name is of; 0 if the name is not here. */
    public long find(FileName name) throws FileException {
        FoundEntry found = lookup(name);
        return found == null ? 0 : found.segment().entries().inode(found.offset());
    }

    /** Something is about to be changed. */
    private void forget() {
        batch = EntryBatch.NONE;
        version++;
    }

    /** Null if it is not here. */
    private FoundEntry lookup(FileName name) throws FileException {
        if (root.isInline()) {
            return form().find(name);
        }
        // Of before the search: a commit may send blocks out of memory at any time.
        long departures = blocks.store().departures();
        FoundNames.Found known = names.get(this, name, version, departures);
        if (known != null) {
            return known.entry();
        }
        FoundEntry found = form().find(name);
        names.put(new FoundNames.Found(this, name, version, departures, found));
        return found;
    }

    /** The inode of {@code ..}. */
    public long parent() throws FileException {
        return form().parent();
    }

    /** Sets the inode of {@code ..}; changes one block. */
    public void setParent(Change change, long inode) throws FileException {
        forget();
        form().setParent(change, inode);
    }

    /** Whether there is nothing but {@code .} and {@code ..}. */
    public boolean isEmpty() throws FileException {
        return form().isEmpty();
    }

    /**
     * The first entry behind a cookie, 0 for all; null if there is none. Not to be called within a
     * change of this directory.
     */
    public Entry next(long cookie) throws FileException {
        Entry next = batch.after(cookie);
        if (next == null) {
            batch = form().after(cookie);
            next = batch.after(cookie);
        }
        return next;
    }

    /**
     * Adds a name that is not here.
     *
     * @throws FileException ENOSPC, EUCLEAN
     */
    public void insert(Change change, FileName name, long inode, FileKind kind)
            throws FileException {
        forget();
        DirectoryForm form = form();
        while (!form.insert(change, name, inode, kind)) {
            if (form instanceof InlineDirectory inline) {
                inline.moveToBlocks(change, blocks);
            } else {
                new HashTreeGrowth(blocks).begin(change, form.parent());
            }
            form = form();
        }
    }

    /** Blocks that {@link #insert} changes at most. */
    public int creditsToInsert() throws FileException {
        int mapCredits =
                root.isInline()
                        ? FileMap.CREDITS_TO_BEGIN
                        : Math.max(root.map().creditsToAllocate(), FileMap.CREDITS_TO_BEGIN);
        return OTHER_CREDITS + NEW_BLOCKS * NEW_BLOCK_CREDITS + 2 * mapCredits;
    }

    /**
     * Gives a name to another file; changes one block.
     *
     * @throws FileException ENOENT
     */
    public void replace(Change change, FileName name, long inode, FileKind kind)
            throws FileException {
        FoundEntry found = take(name);
        EntryList edited = found.segment().edit(change);
        edited.setInode(found.offset(), inode, kind);
        found.segment().save(change, edited);
    }

    /**
     * Takes a name away; changes one block.
     *
     * @throws FileException ENOENT
     */
    public void remove(Change change, FileName name) throws FileException {
        FoundEntry found = take(name);
        EntryList edited = found.segment().edit(change);
        edited.remove(found.offset());
        found.segment().save(change, edited);
    }

    /** To be changed. */
    private FoundEntry take(FileName name) throws FileException {
        FoundEntry found = lookup(name);
        forget();
        if (found == null) {
            throw new FileException(Errno.ENOENT);
        }
        return found;
    }
}
