package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.MissingDirectories;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Mounts what a plan says, one after the other, and tells of each. */
public final class Mounter {
    /** Those that not every image has. */
    private static final List<String> OPTIONAL_TYPES =
            List.of(ReadOnlyKind.ISO_9660, ReadOnlyKind.VFAT);

    private final FileTree tree;
    private final Devices devices;
    private final List<FileSystemKind> kinds;
    private final MountSet mounted;
    private final Consumer<String> log;

    /**
     * @param mounted gets what was mounted, each as soon as it is
     * @param log a line for each mount, and for what is left out
     */
    public Mounter(
            FileTree tree,
            List<Disk> disks,
            List<FileSystemKind> kinds,
            MountSet mounted,
            Consumer<String> log) {
        this.tree = tree;
        this.kinds = List.copyOf(kinds);
        this.mounted = mounted;
        this.log = log;
        devices = new Devices(disks, kinds, log);
    }

    /**
     * Mounts all; one that is optional may fail.
     *
     * @throws MountException one that is not cannot be mounted; those before it are
     */
    public void mount(MountPlan plan) throws MountException {
        for (MountSpec spec : plan.specs()) {
            try {
                mount(spec);
            } catch (MountException e) {
                String message = spec.path() + ": " + e.getMessage() + ", by " + spec.source();
                if (!spec.options().optional()) {
                    throw new MountException(message, e);
                }
                log.accept(message + "; it is optional, and left out");
            }
        }
    }

    private void mount(MountSpec spec) throws MountException {
        FileSystemKind kind = kind(spec);
        Device device = null;
        if (kind.needsDevice()) {
            if (spec.device() == null) {
                throw new MountException(spec.type() + " needs a device, such as vdb");
            }
            device = devices.find(spec.device());
            mounted.requireFree(device);
        } else if (spec.device() != null && !spec.isShare()) {
            throw new MountException(spec.type() + " has no device: write none for it");
        }
        try {
            makeDirectory(spec.path());
            MountedFileSystem made = open(kind, device, spec);
            mounted.add(spec.path(), device, made);
            tree.mount(bytes(spec.path()), made.fileSystem(), spec.options().readOnly());
            log.accept(line(spec, device, made));
        } catch (FileException e) {
            throw new MountException((device == null ? "" : device + ": ") + e.getMessage(), e);
        }
    }

    private FileSystemKind kind(MountSpec spec) throws MountException {
        for (FileSystemKind kind : kinds) {
            if (kind.isNamed(spec.type())) {
                return kind;
            }
        }
        boolean isLeftOut = OPTIONAL_TYPES.contains(spec.type());
        throw new MountException(
                "there is no file system \""
                        + spec.type()
                        + (isLeftOut ? "\" in this image: build it with --with-disks" : "\""));
    }

    private MountedFileSystem open(FileSystemKind kind, Device device, MountSpec spec)
            throws MountException, FileException {
        if (device == null) {
            return kind.mount(null, spec);
        }
        Storage storage = device.storage();
        Contents contents = Contents.of(storage);
        if (contents.type() == null && kind.isBlank(storage)) {
            if (!spec.options().formatIfBlank()) {
                throw new MountException(
                        device + " is blank: format-if-blank makes a file system there");
            }
            kind.format(storage);
            log.accept(spec.path() + ": " + device + " was blank, and has a new file system");
        } else if (contents.type() == null) {
            throw new MountException(device + " has nothing on it that is known");
        } else if (!kind.isNamed(contents.type())) {
            throw new MountException(device + " has " + contents.type() + " on it");
        } else if (spec.options().grow() && kind.grow(storage, spec)) {
            log.accept(spec.path() + ": the file system was grown to all of " + device);
        }
        return kind.mount(storage, spec);
    }

    private void makeDirectory(String path) throws MountException {
        try {
            MissingDirectories.make(tree, path);
        } catch (FileException e) {
            throw new MountException("the directory cannot be made: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    private static String of(MountSpec spec, Device device) {
        if (spec.isShare()) {
            return " of " + spec.device();
        }
        return device == null ? "" : " of " + device;
    }

    private static String line(MountSpec spec, Device device, MountedFileSystem made)
            throws FileException {
        FileSystemStatistics space = made.fileSystem().statistics();
        long used = space.blocks() - space.freeBlocks();
        boolean isReadOnly = spec.options().readOnly() || made.fileSystem().isReadOnly();
        return spec.path()
                + ": "
                + made.fileSystem().type()
                + of(spec, device)
                + ", "
                + Amount.text(space.blocks() * space.blockBytes())
                + ", "
                + Amount.text(used * space.blockBytes())
                + " used, "
                + (isReadOnly ? "read-only, " : "")
                + "by "
                + spec.source();
    }
}
