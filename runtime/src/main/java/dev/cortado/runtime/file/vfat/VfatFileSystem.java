package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.readonly.ReadOnlyFileSystem;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.StorageReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A FAT that is read; see the package. */
public final class VfatFileSystem extends ReadOnlyFileSystem<VfatInode> {
    /** As Linux has it for root. */
    private static final int PERMISSIONS = 0755;

    private static final int READ_ONLY_PERMISSIONS = 0555;

    /** No slot is there. */
    private static final long ROOT_NUMBER = 1;

    private static final int UNIT_BYTES = 512;

    private final Geometry geometry;
    private final AllocationTable table;
    private final DirectoryReader directories;
    private final VfatInode root;

    private VfatFileSystem(Geometry geometry) throws FileException {
        super(VfatInode.class);
        this.geometry = geometry;
        table = new AllocationTable(geometry);
        directories = new DirectoryReader(geometry);
        boolean isFixed = geometry.kind() != FatKind.FAT32;
        Content content =
                isFixed
                        ? new Content.Fixed(geometry)
                        : ClusterChain.of(geometry, table, geometry.rootCluster(), 0);
        root =
                new VfatInode(
                        this,
                        null,
                        attributes(ROOT_NUMBER, FileKind.DIRECTORY, PERMISSIONS, 0, null),
                        geometry.rootCluster(),
                        content);
    }

    /**
     * Mounts what is on a disk.
     *
     * @param cacheBytes that it may keep in memory, about
     * @throws FileException EINVAL if there is none, or none that is understood; EUCLEAN if its
     *     root is damaged; EIO
     */
    public static VfatFileSystem mount(Storage storage, long cacheBytes) throws FileException {
        return new VfatFileSystem(Geometry.read(new StorageReader(storage, cacheBytes)));
    }

    /**
     * The volume's name as its root directory has it, which is what counts (FAT32 File System
     * Specification, BS_VolLab); null if it has none.
     */
    public String label() throws FileException {
        return directories.label(root.content());
    }

    private static Attributes attributes(
            long number, FileKind kind, int permissions, long size, Slot slot) {
        long modified = slot == null ? 0 : slot.modified();
        return new Attributes(
                0,
                number,
                kind,
                permissions,
                1,
                0,
                0,
                size,
                (size + UNIT_BYTES - 1) / UNIT_BYTES,
                slot == null ? 0 : slot.accessed(),
                modified,
                modified,
                slot == null ? 0 : slot.created());
    }

    /** A directory has no size, but an end. */
    private VfatInode inode(VfatInode parent, FoundFile found) throws FileException {
        Slot slot = found.slot();
        int cluster = slot.cluster(geometry.kind());
        boolean isDirectory = slot.isDirectory();
        if (isDirectory && parent.isBelow(cluster)) {
            throw geometry.damaged(found.place(), "a directory that is in itself");
        }
        return new VfatInode(
                this,
                parent,
                attributes(
                        found.place(),
                        isDirectory ? FileKind.DIRECTORY : FileKind.REGULAR,
                        slot.isReadOnly() ? READ_ONLY_PERMISSIONS : PERMISSIONS,
                        isDirectory ? 0 : slot.size(),
                        slot),
                cluster,
                null);
    }

    /**
     * What begins with a cluster.
     *
     * @throws FileException EUCLEAN if there is not as much as attributes say
     */
    Content content(int cluster, Attributes attributes) throws FileException {
        if (!attributes.isDirectory() && attributes.size() == 0) {
            return new Content.Empty();
        }
        ClusterChain chain = ClusterChain.of(geometry, table, cluster, attributes.inode());
        if (chain.bytes() < attributes.size()) {
            throw geometry.damaged(
                    attributes.inode(),
                    "a file of " + attributes.size() + " bytes with clusters for " + chain.bytes());
        }
        return chain;
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return "vfat";
    }

    @Override
    public Inode lookup(Inode inode, FileName name) throws FileException {
        VfatInode directory = directory(inode);
        Content content = directory.content();
        String wanted = new String(name.bytes(), StandardCharsets.UTF_8);
        FoundFile found = directories.next(content, 0);
        while (found != null && !found.isNamed(wanted)) {
            found = directories.next(content, found.next());
        }
        if (found == null) {
            throw new FileException(Errno.ENOENT);
        }
        return inode(directory, found);
    }

    @Override
    public Inode parent(Inode inode) throws FileException {
        VfatInode directory = directory(inode);
        return directory.parent() == null ? directory : directory.parent();
    }

    @Override
    public DirectoryEntry nextEntry(Inode inode, long cookie) throws FileException {
        VfatInode directory = directory(inode);
        if (cookie < DirectoryEntry.START || cookie > Integer.MAX_VALUE) {
            return null;
        }
        FoundFile found = directories.next(directory.content(), (int) cookie);
        if (found == null) {
            return null;
        }
        return new DirectoryEntry(
                found.name(geometry),
                found.next(),
                found.place(),
                found.slot().isDirectory() ? FileKind.DIRECTORY : FileKind.REGULAR);
    }

    @Override
    public Attributes attributes(Inode inode) {
        return own(inode).attributes();
    }

    @Override
    protected long size(VfatInode file) {
        return file.attributes().size();
    }

    @Override
    protected void fill(VfatInode file, long position, ByteBuffer to) throws FileException {
        file.content().read(position, to);
    }

    /** Nobody needs to know how much is free of what cannot be written. */
    @Override
    public FileSystemStatistics statistics() {
        return new FileSystemStatistics(
                geometry.clusterBytes(), geometry.clusters(), 0, 0, 0, FileName.MAXIMUM_BYTES);
    }
}
