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
import java.nio.ByteBuffer;

/**
 * The files of an {@link ImageTree}. They are read where they are: a program's buffer is filled
 * from a file's bytes, and nothing else is made of them.
 */
public final class ImageFileSystem extends ReadOnlyFileSystem<ImageInode> {
    public static final String TYPE = "imagefs";

    private final ImageDirectory root;
    private final long files;
    private final long blocks;

    ImageFileSystem(ImageTree tree) {
        super(ImageInode.class);
        ImageTree.Planting planting = tree.plant(this);
        root = planting.root();
        files = planting.files();
        blocks = planting.blocks();
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return TYPE;
    }

    private ImageDirectory imageDirectory(Inode inode) throws FileException {
        return (ImageDirectory) directory(inode);
    }

    @Override
    public Inode lookup(Inode directory, FileName name) throws FileException {
        ImageInode found = imageDirectory(directory).find(name);
        if (found == null) {
            throw new FileException(Errno.ENOENT);
        }
        return found;
    }

    @Override
    public Inode parent(Inode directory) throws FileException {
        return imageDirectory(directory).parent();
    }

    @Override
    public DirectoryEntry nextEntry(Inode directory, long cookie) throws FileException {
        return imageDirectory(directory).next(cookie);
    }

    @Override
    public Attributes attributes(Inode inode) {
        return own(inode).attributes();
    }

    @Override
    public byte[] readLink(Inode link) throws FileException {
        ImageInode own = own(link);
        if (own.kind() != FileKind.SYMBOLIC_LINK) {
            throw new FileException(Errno.EINVAL);
        }
        return own.content().clone();
    }

    @Override
    protected long size(ImageInode file) {
        return file.content().length;
    }

    @Override
    protected void fill(ImageInode file, long position, ByteBuffer to) {
        to.put(file.content(), (int) position, to.remaining());
    }

    /** As of a medium that is full. */
    @Override
    public FileSystemStatistics statistics() {
        return new FileSystemStatistics(
                ImageInode.BLOCK_BYTES, blocks, 0, files, 0, FileName.MAXIMUM_BYTES);
    }
}
