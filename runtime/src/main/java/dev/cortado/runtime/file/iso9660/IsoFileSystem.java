package dev.cortado.runtime.file.iso9660;

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
import java.util.Arrays;
import java.util.List;

/** An ISO 9660 that is read; see the package. */
public final class IsoFileSystem extends ReadOnlyFileSystem<IsoInode> {
    /** What anybody may do where there is no Rock Ridge, as on Linux. */
    private static final int PERMISSIONS = 0555;

    private static final int PERMISSION_BITS = 07777;
    private static final int UNIT_BYTES = 512;

    /** Where SP is in the root's area: at its begin, or behind what CD-ROM XA has there. */
    private static final int[] SHARING_AT = {0, 14};

    private final Volume volume;
    private final DirectoryReader directories;
    private final IsoInode root;

    private IsoFileSystem(Volume volume, int skipped) throws FileException {
        super(IsoInode.class);
        this.volume = volume;
        directories = new DirectoryReader(volume, skipped);
        root = directory(null, volume.root());
    }

    /**
     * Mounts what is on a disk.
     *
     * @param cacheBytes that it may keep in memory, about
     * @throws FileException EINVAL if there is none, or none that is understood; EUCLEAN if its
     *     root is damaged; EIO
     */
    public static IsoFileSystem mount(Storage storage, long cacheBytes) throws FileException {
        StorageReader reader = new StorageReader(storage, cacheBytes);
        VolumeDescriptors found = VolumeDescriptors.read(reader);
        DirectoryRecord root =
                new DirectoryReader(found.primary(), -1).self(found.primary().root());
        for (int at : SHARING_AT) {
            int skipped = RockRidge.skipped(root, at);
            if (skipped >= 0) {
                return new IsoFileSystem(found.primary(), skipped);
            }
        }
        return new IsoFileSystem(found.joliet() == null ? found.primary() : found.joliet(), -1);
    }

    /** The directory at a position. */
    private IsoInode directory(IsoInode parent, long position) throws FileException {
        DirectoryRecord self = directories.self(position);
        Extent extent = new Extent(position, self.extent().length());
        return inode(
                parent,
                position,
                FileKind.DIRECTORY,
                extent.length(),
                List.of(extent),
                directories.more(self));
    }

    private IsoInode file(IsoInode parent, FoundFile found) throws FileException {
        if (found.kind() == FileKind.DIRECTORY) {
            if (parent.isBelow(found.number())) {
                throw IsoDamage.at(
                        volume, found.record().position(), "a directory that is in itself");
            }
            return directory(parent, found.number());
        }
        RockRidge more = found.more();
        if (found.kind() == FileKind.SYMBOLIC_LINK) {
            if (more.target() == null) {
                throw IsoDamage.at(volume, found.record().position(), "a symbolic link to nowhere");
            }
            return inode(
                    parent, found.number(), found.kind(), more.target().length, List.of(), more);
        }
        long size = 0;
        for (Extent extent : found.extents()) {
            size += extent.length();
        }
        return inode(parent, found.number(), found.kind(), size, found.extents(), more);
    }

    private IsoInode inode(
            IsoInode parent,
            long number,
            FileKind kind,
            long size,
            List<Extent> extents,
            RockRidge more) {
        Attributes attributes =
                new Attributes(
                        0,
                        number,
                        kind,
                        more.mode(PERMISSIONS) & PERMISSION_BITS,
                        more.links(),
                        more.owner(),
                        more.group(),
                        size,
                        (size + UNIT_BYTES - 1) / UNIT_BYTES,
                        more.accessed(),
                        more.modified(),
                        more.changed(),
                        more.created());
        return new IsoInode(this, parent, attributes, extents, more.target(), more.encoding());
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return "iso9660";
    }

    @Override
    public Inode lookup(Inode inode, FileName name) throws FileException {
        IsoInode directory = directory(inode);
        Extent extent = directory.extents().getFirst();
        byte[] wanted = name.bytes();
        FoundFile found = directories.next(extent, 0);
        while (found != null && !isSame(found.name(), wanted)) {
            found = directories.next(extent, found.next());
        }
        if (found == null) {
            throw new FileException(Errno.ENOENT);
        }
        return file(directory, found);
    }

    private boolean isSame(byte[] name, byte[] wanted) {
        return Arrays.equals(name, wanted)
                || volume.isJoliet() && text(name).equalsIgnoreCase(text(wanted));
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    @Override
    public Inode parent(Inode inode) throws FileException {
        IsoInode directory = directory(inode);
        return directory.parent() == null ? directory : directory.parent();
    }

    @Override
    public DirectoryEntry nextEntry(Inode inode, long cookie) throws FileException {
        Extent directory = directory(inode).extents().getFirst();
        FoundFile found = cookie < 0 ? null : directories.next(directory, cookie);
        if (found == null) {
            return null;
        }
        return new DirectoryEntry(name(found), found.next(), found.number(), found.kind());
    }

    private FileName name(FoundFile found) throws FileException {
        try {
            return FileName.of(found.name(), 0, found.name().length);
        } catch (FileException e) {
            throw IsoDamage.at(
                    volume, found.record().position(), "\"" + text(found.name()) + "\" is no name");
        }
    }

    @Override
    public Attributes attributes(Inode inode) {
        return own(inode).attributes();
    }

    @Override
    protected long size(IsoInode file) {
        return file.attributes().size();
    }

    @Override
    protected void fill(IsoInode file, long position, ByteBuffer to) throws FileException {
        if (file.encoding() != null) {
            throw new FileException(Errno.EOPNOTSUPP, file + " is " + file.encoding());
        }
        int end = to.limit();
        long skipped = position;
        for (Extent extent : file.extents()) {
            long left = extent.length() - skipped;
            int count = (int) Math.clamp(left, 0, end - to.position());
            if (count > 0) {
                to.limit(to.position() + count);
                volume.reader().read(extent.position() + skipped, to);
            }
            skipped = Math.max(-left, 0);
        }
    }

    @Override
    public byte[] readLink(Inode link) throws FileException {
        byte[] target = own(link).kind() == FileKind.SYMBOLIC_LINK ? own(link).target() : null;
        if (target == null) {
            throw new FileException(Errno.EINVAL);
        }
        return target.clone();
    }

    @Override
    public FileSystemStatistics statistics() {
        return new FileSystemStatistics(
                volume.blockBytes(), volume.blocks(), 0, 0, 0, FileName.MAXIMUM_BYTES);
    }
}
