package dev.cortado.runtime.file.imagefs;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.readonly.ReadOnlyFileSystem;
import dev.cortado.runtime.file.readonly.ReadOnlyInode;
import java.nio.ByteBuffer;

/** The files of an index. */
public final class ImageFileSystem extends ReadOnlyFileSystem<ImageFileSystem.Node> {
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
        super(Node.class);
        this.index = FileIndex.read(index, contents.size());
        this.contents = contents;
    }

    /** A file is its node in the index, whose number plus one is its inode's. */
    static final class Node extends ReadOnlyInode {
        private final int node;

        private Node(ImageFileSystem owner, int node, FileKind kind) {
            super(owner, node + 1L, kind);
            this.node = node;
        }
    }

    private Inode inode(int node) {
        return new Node(this, node, kind(node));
    }

    private FileKind kind(int node) {
        return index.isDirectory(node) ? FileKind.DIRECTORY : FileKind.REGULAR;
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
    public Inode lookup(Inode directory, FileName name) throws FileException {
        int found = index.find(directory(directory).node, name.bytes());
        if (found < 0) {
            throw new FileException(Errno.ENOENT);
        }
        return inode(found);
    }

    @Override
    public Inode parent(Inode directory) throws FileException {
        return inode(index.parent(directory(directory).node));
    }

    @Override
    public DirectoryEntry nextEntry(Inode directory, long cookie) throws FileException {
        int node = directory(directory).node;
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
        int node = own(inode).node;
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
    protected long size(Node file) {
        return index.length(file.node);
    }

    @Override
    protected void fill(Node file, long position, ByteBuffer to) throws FileException {
        contents.read(index.offset(file.node) + position, to);
    }

    @Override
    public FileSystemStatistics statistics() {
        long blocks = contents.size() / BLOCK_BYTES;
        return new FileSystemStatistics(
                BLOCK_BYTES, blocks, 0, index.nodes(), 0, FileName.MAXIMUM_BYTES);
    }
}
