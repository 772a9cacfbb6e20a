package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.storage.transaction.Change;

/** A directory whose blocks are found by the hashes of names. */
final class HashTree implements DirectoryForm {
    private final DirectoryBlocks blocks;
    private final HashTreeGrowth growth;

    HashTree(DirectoryBlocks blocks) {
        this.blocks = blocks;
        growth = new HashTreeGrowth(blocks);
    }

    @Override
    public FoundEntry find(FileName name) throws FileException {
        byte[] bytes = name.bytes();
        int hash = hash(bytes);
        IndexPath path = IndexPath.find(blocks, hash);
        while (true) {
            Segment leaf = blocks.leaf(path.leaf());
            int offset = leaf.entries().find(bytes);
            if (offset >= 0) {
                return new FoundEntry(leaf, offset);
            }
            if (!path.hasNext() || path.behind() != (hash | 1)) {
                return null;
            }
            path.advance();
        }
    }

    private int hash(byte[] name) throws FileException {
        NameHash hash = blocks.format().hash(blocks.node(0).hashVersion());
        return NameHash.major(hash.of(name));
    }

    @Override
    public boolean insert(Change change, FileName name, long inode, FileKind kind)
            throws FileException {
        int hash = hash(name.bytes());
        int needed = EntryList.needed(name.length());
        Segment leaf = blocks.leaf(IndexPath.find(blocks, hash).leaf());
        int room = leaf.entries().findRoom(needed);
        while (room < 0) {
            growth.split(change, hash);
            leaf = blocks.leaf(IndexPath.find(blocks, hash).leaf());
            room = leaf.entries().findRoom(needed);
        }
        EntryList edited = leaf.edit(change);
        edited.insert(room, name.bytes(), inode, kind);
        leaf.save(change, edited);
        return true;
    }

    @Override
    public boolean isEmpty() throws FileException {
        IndexPath path = IndexPath.find(blocks, 0);
        while (!blocks.leaf(path.leaf()).entries().hasFiles()) {
            if (!path.hasNext()) {
                return true;
            }
            path.advance();
        }
        return false;
    }

    @Override
    public long parent() throws FileException {
        return blocks.node(0).parent();
    }

    @Override
    public void setParent(Change change, long inode) throws FileException {
        IndexNode root = blocks.edit(change, blocks.node(0));
        root.setParent(inode);
        blocks.save(root);
    }

    @Override
    public EntryBatch after(long cookie) throws FileException {
        IndexPath path = IndexPath.find(blocks, HashOrder.majorOf(cookie));
        NameHash hash = blocks.format().hash(path.hashVersion());
        while (true) {
            HashOrder order = new HashOrder(hash);
            addLeaf(order, hash, path);
            while (path.hasNext() && (path.behind() & 1) != 0) {
                path.advance();
                addLeaf(order, hash, path);
            }
            EntryBatch batch = order.after(cookie);
            if (!batch.entries().isEmpty() || !path.hasNext()) {
                return batch;
            }
            path.advance();
        }
    }

    /** Adds a block's entries, whose hashes must be those that lead to it. */
    private void addLeaf(HashOrder order, NameHash hash, IndexPath path) throws FileException {
        EntryList list = blocks.leaf(path.leaf()).entries();
        int begin = path.begin() & ~1;
        for (int at = list.begin(); at < list.end(); ) {
            int next = list.next(at);
            if (list.isFile(at)) {
                long hashed = hash.of(list.name(at));
                int major = NameHash.major(hashed);
                if (Integer.compareUnsigned(major, begin) < 0
                        || path.hasNext() && Integer.compareUnsigned(major, path.behind()) >= 0) {
                    throw blocks.damage(blocks.place(path.leaf()), "entry of another block's hash");
                }
                order.add(list.fileName(at), hashed, list.inode(at), list.kind(at));
            }
            at = next;
        }
    }
}
