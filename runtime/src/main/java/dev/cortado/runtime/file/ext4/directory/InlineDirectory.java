package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.map.MapRoot;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A directory within its inode: the number of the parent, and one list of entries in what else
 * there is of {@code i_block}, another in an attribute (kernel,
 * Documentation/filesystems/ext4/inlinedata.rst, "Inline Directories").
 */
final class InlineDirectory extends SegmentList {
    private static final int PARENT_BYTES = Integer.BYTES;

    private final DirectoryRoot root;
    private final DirectoryFormat format;

    InlineDirectory(DirectoryRoot root, DirectoryFormat format) {
        super(format);
        this.root = root;
        this.format = format;
    }

    /** Makes one without entries. */
    void create(Change change, long parent) throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate(MapRoot.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, (int) parent);
        list(bytes, PARENT_BYTES, MapRoot.BYTES).clear();
        root.setInlineBytes(change, bytes);
    }

    private EntryList list(ByteBuffer bytes, int begin, int end) {
        return new EntryList(format, bytes, begin, end, root.number(), 0);
    }

    private ByteBuffer bytes() throws FileException {
        ByteBuffer bytes = root.inlineBytes();
        if (bytes.limit() < MapRoot.BYTES) {
            throw DamageException.ofInode(
                    root.number(), "an inline directory of " + bytes.limit() + " bytes");
        }
        return bytes;
    }

    @Override
    long segments() throws FileException {
        return bytes().limit() == MapRoot.BYTES ? 1 : 2;
    }

    @Override
    Segment segment(long number) throws FileException {
        return new Part(bytes(), number);
    }

    @Override
    long segmentAt(long position) {
        return 0;
    }

    @Override
    boolean isBeforeTree() {
        return format.hasTrees();
    }

    @Override
    public boolean insert(Change change, FileName name, long inode, FileKind kind)
            throws FileException {
        if (insertIntoSegments(change, name, inode, kind)) {
            return true;
        }
        ByteBuffer old = bytes();
        int begin = old.limit();
        int end = begin + EntryList.needed(name.length());
        if (end > root.inlineCapacity()) {
            return false;
        }
        ByteBuffer longer = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
        longer.put(0, old, 0, begin);
        EntryList added = list(longer, begin, end);
        added.clear();
        added.insert(begin, name.bytes(), inode, kind);
        root.setInlineBytes(change, longer);
        return true;
    }

    /** Moves all entries into a block, where each is as far behind the one before as it was. */
    void moveToBlocks(Change change, DirectoryBlocks blocks) throws FileException {
        ByteBuffer old = bytes();
        root.leaveInline(change);
        Segment segment = blocks.appendLeaf(change);
        EntryList entries = segment.entries();
        entries.insertDots(root.number(), Integer.toUnsignedLong(old.getInt(0)));
        int dotDot = entries.last();
        int begin = dotDot + EntryList.needed(EntryList.DOT_DOT.length);
        int end = begin + old.limit() - PARENT_BYTES;
        if (end > entries.end()) {
            throw DamageException.ofInode(
                    root.number(), old.limit() + " bytes of inline directory");
        }
        entries.setLength(dotDot, begin - dotDot);
        entries.bytes().put(begin, old, PARENT_BYTES, end - begin);
        int last = list(entries.bytes(), begin, end).last();
        entries.setLength(last, entries.end() - last);
        segment.save(change, entries);
    }

    @Override
    public long parent() throws FileException {
        return Integer.toUnsignedLong(bytes().getInt(0));
    }

    @Override
    public void setParent(Change change, long inode) throws FileException {
        ByteBuffer bytes = bytes();
        bytes.putInt(0, (int) inode);
        root.setInlineBytes(change, bytes);
    }

    /** Of {@code i_block}, or of the attribute; entries are where they would be in a block. */
    private final class Part extends Segment {
        Part(ByteBuffer bytes, long number) {
            super(
                    number == 0
                            ? list(bytes, PARENT_BYTES, MapRoot.BYTES)
                            : list(bytes, MapRoot.BYTES, bytes.limit()),
                    2L * EntryList.needed(EntryList.DOT_DOT.length) - PARENT_BYTES);
        }

        /** They are a copy already. */
        @Override
        EntryList edit(Change change) {
            return entries();
        }

        @Override
        void save(Change change, EntryList edited) throws FileException {
            root.setInlineBytes(change, edited.bytes());
        }
    }
}
