package dev.cortado.runtime.file.ext4.attribute;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The attributes of one inode; it keeps nothing in memory. New ones go into the inode as long as
 * there is room, then into the block. A block that several inodes have is copied by the one that
 * changes it; blocks that have become the same are not joined, and no value gets an inode of its
 * own.
 */
public final class ExtendedAttributes {
    /** Of a value (Linux, XATTR_SIZE_MAX). */
    public static final int MAXIMUM_VALUE_BYTES = 65536;

    /** Blocks that {@link #set} and {@link #drop} change, but for what values in inodes take. */
    public static final int CREDITS = 2 + 2 * BlockAllocator.CREDITS + 1;

    private final Geometry geometry;
    private final MetadataStore store;
    private final BlockAllocator allocator;
    private final AttributeRoot root;

    public ExtendedAttributes(
            Geometry geometry, MetadataStore store, BlockAllocator allocator, AttributeRoot root) {
        this.geometry = geometry;
        this.store = store;
        this.allocator = allocator;
        this.root = root;
    }

    /**
     * An attribute's value, as the disk has it.
     *
     * @throws FileException ENODATA if there is none; EUCLEAN, EIO
     */
    public byte[] get(AttributeName name) throws FileException {
        byte[] value = find(name);
        if (value == null) {
            throw new FileException(Errno.ENODATA);
        }
        return value;
    }

    /**
     * As {@link #get}, but null if there is none: of access control lists, which every call that
     * makes a file asks for, and which hardly any file has.
     */
    public byte[] find(AttributeName name) throws FileException {
        Attribute found = find(inInode(), name);
        if (found == null) {
            found = find(inBlock(), name);
        }
        if (found == null) {
            return null;
        }
        return found.value() != null
                ? found.value()
                : root.readValue(found.valueInode(), found.valueBytes());
    }

    /** All names, with their prefixes, that users may see. */
    public List<byte[]> names() throws FileException {
        List<Attribute> all = new ArrayList<>(inInode());
        all.addAll(inBlock());
        List<byte[]> names = new ArrayList<>();
        for (Attribute attribute : all) {
            byte[] text = attribute.name().text();
            if (text != null) {
                names.add(text);
            }
        }
        return names;
    }

    /**
     * @param value null to remove the attribute
     * @throws FileException ENODATA if it was to be removed and is not there; ENOSPC; EUCLEAN, EIO
     */
    public void set(Change change, AttributeName name, byte[] value) throws FileException {
        List<Attribute> inInode = inInode();
        List<Attribute> inBlock = inBlock();
        Attribute before = find(inInode, name);
        boolean wasInInode = before != null;
        if (before == null) {
            before = find(inBlock, name);
        }
        if (before == null && value == null) {
            throw new FileException(Errno.ENODATA);
        }
        inInode.remove(before);
        inBlock.remove(before);
        if (value == null) {
            write(change, inInode, wasInInode, inBlock, !wasInInode);
        } else {
            Attribute attribute = Attribute.of(name, value);
            boolean isForInode = fitsInode(inInode, attribute);
            (isForInode ? inInode : inBlock).add(attribute);
            boolean wasInBlock = before != null && !wasInInode;
            write(change, inInode, isForInode || wasInInode, inBlock, !isForInode || wasInBlock);
        }
        if (before != null && before.valueInode() != 0) {
            root.dropValue(change, before.valueInode());
        }
    }

    private void write(
            Change change,
            List<Attribute> inInode,
            boolean changesInode,
            List<Attribute> inBlock,
            boolean changesBlock)
            throws FileException {
        // The block first: it may have no room.
        if (changesBlock) {
            writeBlock(change, inBlock);
        }
        if (changesInode) {
            writeInode(change, inInode);
        }
    }

    /** Gives up all that the attributes take outside of the inode, which is about to be freed. */
    public void drop(Change change) throws FileException {
        List<Attribute> dropped = inInode();
        List<Attribute> inBlock = inBlock();
        if (leaveBlock(change)) {
            dropped.addAll(inBlock);
        }
        for (Attribute attribute : dropped) {
            if (attribute.valueInode() != 0) {
                root.dropValue(change, attribute.valueInode());
            }
        }
    }

    /** How many values are in inodes of their own: {@link #drop} makes orphans of so many. */
    public int valueInodes() throws FileException {
        List<Attribute> all = new ArrayList<>(inInode());
        all.addAll(inBlock());
        return (int) all.stream().filter(attribute -> attribute.valueInode() != 0).count();
    }

    /** The second part of inline data: EUCLEAN if there is none. */
    public byte[] inlineData() throws FileException {
        Attribute found = find(inInode(), AttributeName.INLINE_DATA);
        if (found == null || found.value() == null) {
            throw DamageException.ofInode(root.number(), "inline data without its attribute");
        }
        return found.value();
    }

    /** How long that part could be; less than 0 if there is no room even for an empty one. */
    public int inlineCapacity() throws FileException {
        AttributeArea area = area(root.record());
        if (area == null) {
            return -1;
        }
        List<Attribute> all = inInode();
        all.remove(find(all, AttributeName.INLINE_DATA));
        all.add(Attribute.of(AttributeName.INLINE_DATA, new byte[0]));
        int room = area.room(all);
        return room < 0 ? -1 : room & -Integer.BYTES;
    }

    /**
     * Sets that part.
     *
     * @param data no longer than {@link #inlineCapacity}; null to remove it
     */
    public void setInlineData(Change change, byte[] data) throws FileException {
        List<Attribute> all = inInode();
        all.remove(find(all, AttributeName.INLINE_DATA));
        if (data != null) {
            all.addFirst(Attribute.of(AttributeName.INLINE_DATA, data));
        }
        writeInode(change, all);
    }

    private static Attribute find(List<Attribute> all, AttributeName name) {
        for (Attribute attribute : all) {
            if (attribute.name().equals(name)) {
                return attribute;
            }
        }
        return null;
    }

    private List<Attribute> inInode() throws FileException {
        InodeRecord record = root.record();
        AttributeArea area = area(record);
        boolean isThere =
                area != null
                        && record.bytes().getInt(area.entries() - Integer.BYTES)
                                == AttributeBlock.MAGIC_NUMBER;
        return checked(isThere ? area.read() : new ArrayList<>());
    }

    /** The inode's rest; null if it has no room for one entry. */
    private AttributeArea area(InodeRecord record) {
        int begin = Geometry.CLASSIC_INODE_BYTES + record.extraBytes() + Integer.BYTES;
        if (record.extraBytes() == 0
                || begin + Attribute.ENTRY_BYTES + Integer.BYTES > geometry.inodeBytes()) {
            return null;
        }
        int entries = record.offset() + begin;
        return new AttributeArea(
                record.number(),
                record.bytes(),
                entries,
                entries,
                record.offset() + geometry.inodeBytes());
    }

    private boolean fitsInode(List<Attribute> others, Attribute attribute) throws FileException {
        AttributeArea area = area(root.record());
        if (area == null) {
            return false;
        }
        List<Attribute> all = new ArrayList<>(others);
        all.add(attribute);
        return area.room(all) >= 0;
    }

    private void writeInode(Change change, List<Attribute> all) throws FileException {
        InodeRecord record = root.modify(change);
        AttributeArea area = area(record);
        if (area == null || area.room(all) < 0) {
            throw new FileException(Errno.ENOSPC);
        }
        int magic = all.isEmpty() ? 0 : AttributeBlock.MAGIC_NUMBER;
        record.bytes().putInt(area.entries() - Integer.BYTES, magic);
        area.write(all, false);
        record.seal();
    }

    private List<Attribute> inBlock() throws FileException {
        AttributeBlock block = block();
        return block == null ? new ArrayList<>() : checked(block.read());
    }

    private List<Attribute> checked(List<Attribute> all) throws FileException {
        for (Attribute attribute : all) {
            if (attribute.valueInode() != 0 && !geometry.has(Feature.EA_INODE)) {
                throw DamageException.ofInode(root.number(), "an attribute's value in an inode");
            }
        }
        return all;
    }

    /** The block, to be read; null if the inode has none. */
    private AttributeBlock block() throws FileException {
        long number = root.record().attributeBlock();
        if (number == 0) {
            return null;
        }
        if (!geometry.isBlock(number)) {
            throw DamageException.ofInode(root.number(), "attributes in block " + number);
        }
        AttributeBlock block =
                new AttributeBlock(geometry, root.number(), number, store.read(number));
        block.verify();
        return block;
    }

    private AttributeBlock toChange(Change change, long number) throws FileException {
        return new AttributeBlock(geometry, root.number(), number, change.modify(number));
    }

    private void writeBlock(Change change, List<Attribute> all) throws FileException {
        AttributeBlock there = block();
        if (all.isEmpty()) {
            leaveBlock(change);
            return;
        }
        if (there != null && there.users() == 1) {
            requireRoom(there, all);
            toChange(change, root.record().attributeBlock()).write(all);
            return;
        }
        leaveBlock(change);
        long number = allocator.allocate(change, root.goal(), 1, geometry.blocks()).first();
        AttributeBlock made =
                new AttributeBlock(geometry, root.number(), number, change.create(number));
        requireRoom(made, all);
        made.write(all);
        root.addBlocks(change, 1);
        InodeRecord record = root.modify(change);
        record.setAttributeBlock(number);
        record.seal();
    }

    private static void requireRoom(AttributeBlock block, List<Attribute> all)
            throws FileException {
        if (!block.hasRoom(all)) {
            throw new FileException(Errno.ENOSPC);
        }
    }

    /**
     * The inode has no block any more.
     *
     * @return whether no other inode has it
     */
    private boolean leaveBlock(Change change) throws FileException {
        AttributeBlock there = block();
        if (there == null) {
            return true;
        }
        long number = root.record().attributeBlock();
        boolean isLast = there.users() == 1;
        if (isLast) {
            allocator.free(change, number, 1);
        } else {
            toChange(change, number).setUsers(there.users() - 1);
        }
        root.addBlocks(change, -1);
        InodeRecord record = root.modify(change);
        record.setAttributeBlock(0);
        record.seal();
        return isLast;
    }
}
