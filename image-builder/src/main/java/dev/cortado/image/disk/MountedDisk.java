package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.Ext4FileSystem;
import dev.cortado.runtime.file.ext4.MountOptions;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.tree.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The ext4 of a disk, or of its partition, mounted in this process. */
final class MountedDisk implements AutoCloseable {
    private final Path file;
    private final FileStorage storage;
    private final Ext4FileSystem fileSystem;
    private final FileTree tree;

    private MountedDisk(Path file, FileStorage storage, Ext4FileSystem fileSystem) {
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
            Storage used = isReadOnly ? new OverlayStorage(part) : part;
            MountOptions options =
                    MountOptions.of(MountedDisk::now)
                            .with(isReadOnly ? "ro,noatime" : "noatime")
                            .telling(listener, listener);
            return new MountedDisk(file, storage, Ext4FileSystem.mount(used, options));
        } catch (FileException e) {
            storage.close();
            throw explained(file, storage, DiskFailure.of(file, e));
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
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
            fileSystem.unmount();
        } catch (FileException e) {
            throw explained(file, storage, DiskFailure.of(file, e));
        }
    }
}
