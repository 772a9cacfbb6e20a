package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.ext4.Ext4FileSystem;
import dev.cortado.runtime.file.ext4.MountOptions;
import dev.cortado.runtime.file.mount.Contents;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.ReadOnlyKind;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.tree.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The file system of a disk, or of its partition, mounted in this process. */
final class MountedDisk implements AutoCloseable {
    private final Path file;
    private final FileStorage storage;
    private final FileSystem fileSystem;
    private final FileTree tree;

    private MountedDisk(Path file, FileStorage storage, FileSystem fileSystem) {
        this.file = file;
        this.storage = storage;
        this.fileSystem = fileSystem;
        tree = new FileTree(fileSystem, 0);
    }

    /**
     * Mounts it.
     *
     * @param partition a number, or 0 for what there is
     * @param isReadOnly the file is not changed, not even by its journal
     * @param listener is told of damage
     * @throws UserError if it cannot be mounted
     */
    static MountedDisk open(
            Path file, int partition, boolean isReadOnly, Consumer<String> listener) {
        FileStorage storage = FileStorage.open(file, isReadOnly);
        try {
            Storage part = DiskPart.find(storage, partition);
            return new MountedDisk(file, storage, mount(part, isReadOnly, listener));
        } catch (FileException e) {
            storage.close();
            throw explained(file, storage, DiskFailure.of(file, e));
        } catch (MountException e) {
            storage.close();
            throw new UserError(e.getMessage(), e);
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static FileSystem mount(Storage part, boolean isReadOnly, Consumer<String> listener)
            throws FileException, MountException {
        String type = Contents.of(part).type();
        for (ReadOnlyKind kind : List.of(ReadOnlyKind.iso9660(), ReadOnlyKind.vfat())) {
            if (type != null && kind.isNamed(type)) {
                if (!isReadOnly) {
                    throw new MountException(
                            part.name() + ": there is " + type + ", which is only read here");
                }
                return kind.open(part);
            }
        }
        MountOptions options =
                MountOptions.of(MountedDisk::now)
                        .with(isReadOnly ? "ro,noatime" : "noatime")
                        .telling(listener, listener);
        return Ext4FileSystem.mount(isReadOnly ? new OverlayStorage(part) : part, options);
    }

    /** Nanoseconds since 1970. */
    static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    FileTree tree() {
        return tree;
    }

    /** How many the whole disk has. */
    long bytes() {
        return storage.bytes();
    }

    /**
     * Does something with its files.
     *
     * @throws UserError as the action throws it; if the host is at fault, with what it says
     */
    <T> T use(Supplier<T> action) {
        try {
            return action.get();
        } catch (UserError e) {
            throw explained(file, storage, e);
        }
    }

    private static UserError explained(Path file, FileStorage storage, UserError error) {
        IOException failure = storage.failure();
        return failure == null
                ? error
                : new UserError(
                        "cannot read or write the disk %s (%s)"
                                .formatted(file, failure.getMessage()),
                        error);
    }

    @Override
    public void close() {
        try (storage) {
            if (fileSystem instanceof Ext4FileSystem ext4) {
                ext4.unmount();
            }
        } catch (FileException e) {
            throw explained(file, storage, DiskFailure.of(file, e));
        }
    }
}
