package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.iso9660.IsoFileSystem;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.vfat.VfatFileSystem;
import java.util.List;

/** What is only ever read: disks that somebody has made for a machine to be configured by. */
public final class ReadOnlyKind implements FileSystemKind {
    public static final String ISO_9660 = "iso9660";
    public static final String VFAT = "vfat";

    /** Of each file system, for what it keeps in memory. */
    private static final long CACHE_BYTES = 512 << 10;

    /** They have no meaning here, and do no harm. */
    private static final List<String> IGNORED =
            List.of("noatime", "relatime", "nosuid", "nodev", "noexec");

    private final String type;
    private final Opener opener;
    private final Labels labels;

    @FunctionalInterface
    private interface Opener {
        FileSystem open(Storage device, long cacheBytes) throws FileException;
    }

    /** Where a label is that counts more than what a first look finds; null if there is none. */
    @FunctionalInterface
    private interface Labels {
        String find(Storage device, long cacheBytes) throws FileException;
    }

    private ReadOnlyKind(String type, Opener opener, Labels labels) {
        this.type = type;
        this.opener = opener;
        this.labels = labels;
    }

    public static ReadOnlyKind iso9660() {
        return new ReadOnlyKind(ISO_9660, IsoFileSystem::mount, (device, cacheBytes) -> null);
    }

    public static ReadOnlyKind vfat() {
        return new ReadOnlyKind(
                VFAT,
                VfatFileSystem::mount,
                (device, cacheBytes) -> VfatFileSystem.mount(device, cacheBytes).label());
    }

    @Override
    public boolean isNamed(String name) {
        return name.equals(type);
    }

    @Override
    public boolean needsDevice() {
        return true;
    }

    /** What cannot be mounted has the label that was found already. */
    @Override
    public String label(Storage device, Contents contents) throws FileException {
        String label;
        try {
            label = labels.find(device, CACHE_BYTES);
        } catch (FileException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.EUCLEAN) {
                throw e;
            }
            label = null;
        }
        return label == null ? contents.label() : label;
    }

    @Override
    public MountedFileSystem mount(Storage device, MountSpec spec)
            throws FileException, MountException {
        if (spec.options().readWrite()) {
            throw new MountException(type + " is only read here: leave rw out");
        }
        for (String option : spec.options().others()) {
            if (!IGNORED.contains(option)) {
                throw new MountException(type + " has no option \"" + option + '"');
            }
        }
        return new NothingToKeep(open(device));
    }

    /**
     * The file system of a device.
     *
     * @throws MountException there is none that is understood
     */
    public FileSystem open(Storage device) throws FileException, MountException {
        try {
            return opener.open(device, CACHE_BYTES);
        } catch (FileException e) {
            if (e.errno() == Errno.EINVAL && e.path() != null) {
                throw new MountException(e.path(), e);
            }
            throw e;
        }
    }
}
