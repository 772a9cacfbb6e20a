package dev.cortado.runtime.file.imagefs;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;

/** The files of an index. They cannot be changed; whatever would change them fails with EROFS. */
public final class ImageFileSystem implements FileSystem {
    private static final int BLOCK_BYTES = 512;
    private static final int DIRECTORY_PERMISSIONS = 0555;
    private static final int FILE_PERMISSIONS = 0444;

    private final FileIndex index;
    private final ByteSource contents;

    /**
     * @param index as {@link IndexWriter} wrote it; nobody changes it afterwards
     * @throws BadIndexException if it is not one, or says that files are where no contents are
     */
    public ImageFileSystem(byte[] index, ByteSource contents) throws BadIndexException {
        this.index = FileIndex.read(index, contents.size());
        this.contents = contents;
    }

    /** A file is its node in the index, whose number plus one is its inode's. */
    private record ImageInode(ImageFileSystem owner, int node, FileKind kind) implements Inode {
        @Override
        public long number() {
            return node + 1L;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ImageInode inode && inode.owner == owner && inode.node == node;
        }

        @Override
        public int hashCode() {
            return node;
        }

        @Override
        public String toString() {
            return "node " + node;
        }
    }

    private Inode inode(int node) {
        return new ImageInode(this, node, kind(node));
    }

    private FileKind kind(int node) {
        return index.isDirectory(node) ? FileKind.DIRECTORY : FileKind.REGULAR;
    }

    private int node(Inode inode) {
        if (inode instanceof ImageInode own && own.owner == this) {
            return own.node;
        }
        throw new IllegalArgumentException("An inode of another file system: " + inode);
    }

    private int directory(Inode inode) throws FileException {
        int node = node(inode);
        if (!index.isDirectory(node)) {
            throw new FileException(Errno.ENOTDIR);
        }
        return node;
    }

    @Override
    public Inode root() {
        return inode(IndexLayout.ROOT);
    }

    @Override
    public String type() {
        return "imagefs";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Inode lookup(Inode directory, FileName name) throws FileException {
        int found = index.find(directory(directory), name.bytes());
        if (found < 0) {
            throw new FileException(Errno.ENOENT);
        }
        return inode(found);
    }

    @Override
    public Inode parent(Inode directory) throws FileException {
        return inode(index.parent(directory(directory)));
    }

    @Override
    public DirectoryEntry nextEntry(Inode directory, long cookie) throws FileException {
        int node = directory(directory);
        if (cookie < DirectoryEntry.START || cookie >= index.entries(node)) {
            return null;
        }
        int entry = index.firstEntry(node) + (int) cookie;
        byte[] name = index.name(entry);
        return new DirectoryEntry(
                FileName.of(name, 0, name.length), cookie + 1, entry + 1L, kind(entry));
    }

    @Override
    public Attributes attributes(Inode inode) {
        int node = node(inode);
        boolean isDirectory = index.isDirectory(node);
        long size = isDirectory ? 0 : index.length(node);
        return new Attributes(
                0,
                inode.number(),
                inode.kind(),
                isDirectory ? DIRECTORY_PERMISSIONS : FILE_PERMISSIONS,
                1,
                0,
                0,
                size,
                size / BLOCK_BYTES + (size % BLOCK_BYTES == 0 ? 0 : 1),
                index.time(),
                index.time(),
                index.time(),
                index.time());
    }

    @Override
    public int read(Inode file, long position, ByteBuffer to) throws FileException {
        int node = node(file);
        if (index.isDirectory(node)) {
            throw new FileException(Errno.EISDIR);
        }
        long left = index.length(node) - position;
        int count = (int) Math.max(Math.min(left, to.remaining()), 0);
        if (count > 0) {
            int limit = to.limit();
            to.limit(to.position() + count);
            try {
                contents.read(index.offset(node) + position, to);
            } finally {
                to.limit(limit);
            }
        }
        return count;
    }

    @Override
    public byte[] readLink(Inode link) throws FileException {
        throw new FileException(Errno.EINVAL);
    }

    @Override
    public FileSystemStatistics statistics() {
        long blocks = contents.size() / BLOCK_BYTES;
        return new FileSystemStatistics(
                BLOCK_BYTES, blocks, 0, index.nodes(), 0, FileName.MAXIMUM_BYTES);
    }

    /** Files are there for ever. */
    @Override
    public void retain(Inode inode) {
        node(inode);
    }

    @Override
    public void release(Inode inode) {
        node(inode);
    }

    @Override
    public void sync(Inode inode, boolean onlyData) {
        node(inode);
    }
}
