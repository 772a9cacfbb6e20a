package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.Ext4Check;
import dev.cortado.runtime.file.ext4.make.Ext4Maker;
import dev.cortado.runtime.file.ext4.make.MakeOptions;
import dev.cortado.runtime.file.mount.Contents;
import dev.cortado.runtime.file.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes and checks raw disks that are an ext4 each. */
public final class Ext4Disk {
    private static final long CHECK_BYTES = 256L << 20;

    private static final int SUPERBLOCK_POSITION = 1024;
    private static final int MAGIC_FIELD = 0x38;
    private static final short MAGIC = (short) 0x53EF;

    private Ext4Disk() {}

    /**
     * Makes a file with a file system, which is there whole in the end or not at all.
     *
     * @param bytes its size
     * @param label of the file system, at most 16 bytes of UTF-8, or empty
     * @param from a directory of the host whose contents are copied to it; null for none
     * @param isForced whether a file that is there is replaced
     * @param keepsOwners whether files belong to whom they belong to on the host, and not to root
     * @param warnings is told of what is left out
     * @throws UserError if that fails, or if the file that is there is in use
     */
    public static void create(
            Path file,
            long bytes,
            String label,
            Path from,
            boolean isForced,
            boolean keepsOwners,
            Consumer<String> warnings) {
        if (!isForced && Files.exists(file)) {
            throw isThere(file);
        }
        Path target = file.toAbsolutePath();
        // Another command may be making the same disk.
        long process = ProcessHandle.current().pid();
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + process + ".tmp");
        try (DiskLock lock = isForced ? DiskLock.take(file) : DiskLock.NONE) {
            Files.deleteIfExists(temporary);
            EmptyDisk.create(temporary, DiskFormat.RAW, bytes);
            format(temporary, label);
            if (from != null) {
                try (MountedDisk disk = MountedDisk.open(temporary, 0, false, warnings)) {
                    HostTreeReader reader =
                            new HostTreeReader(disk.tree(), file, temporary, keepsOwners, warnings);
                    disk.use(() -> {
                        reader.copyContents(from, new DiskPath(file, "/"));
                        return null;
                    });
                }
            }
            CopyOption[] replaces = {StandardCopyOption.REPLACE_EXISTING};
            Files.move(temporary, target, isForced ? replaces : new CopyOption[0]);
        } catch (FileAlreadyExistsException e) {
            throw isThere(file);
        } catch (UserError e) {
            String name = file.toString();
            throw new UserError(e.getMessage().replace(temporary.toString(), name), e);
        } catch (IOException e) {
            throw new UserError("cannot make the disk %s (%s)".formatted(file, e), e);
        } finally {
            delete(temporary);
        }
    }

    private static UserError isThere(Path file) {
        return new UserError("there is a file %s already: --force replaces it".formatted(file));
    }

    private static void format(Path file, String label) {
        MakeOptions options;
        try {
            options =
                    MakeOptions.of(UUID.randomUUID(), UUID.randomUUID(), MountedDisk.now())
                            .label(label)
                            .zeroed()
                            .build();
        } catch (IllegalArgumentException e) {
            throw new UserError("%s: %s".formatted(file, e.getMessage()), e);
        }
        try (FileStorage storage = FileStorage.open(file, false)) {
            Ext4Maker.make(storage, options);
        } catch (FileException e) {
            throw new UserError(
                    "%s: no file system can be made: %s"
                            .formatted(
                                    file,
                                    e.errno() == Errno.EINVAL && e.path() != null
                                            ? e.path().replace(file + ": ", "")
                                            : e.errno().message()),
                    e);
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new UserError("cannot delete %s (%s)".formatted(temporary, e), e);
        }
    }

    /**
     * Looks for damage, and changes nothing.
     *
     * @param partition a number, or 0 for what there is
     * @param findings is told of what is found, a line each
     * @return how many findings there were
     * @throws UserError if there is no ext4, or it cannot be read
     */
    public static long check(Path file, int partition, Consumer<String> findings) {
        try (FileStorage storage = FileStorage.open(file, true)) {
            Storage part = new OverlayStorage(DiskPart.find(storage, partition));
            if (!isExt4(part)) {
                String type = Contents.of(part).type();
                throw new UserError(
                        "%s: there is %s"
                                .formatted(
                                        part.name(),
                                        type == null
                                                ? "no ext4"
                                                : type + ", of which no check is known"));
            }
            try {
                return Ext4Check.check(part, CHECK_BYTES, findings);
            } catch (FileException e) {
                if (e.errno() != Errno.EINVAL && e.errno() != Errno.EUCLEAN) {
                    throw e;
                }
                findings.accept(e.path());
                return 1;
            }
        } catch (FileException e) {
            throw DiskFailure.of(file, e);
        }
    }

    /** Whether somebody has made one there, in whatever state it is. */
    private static boolean isExt4(Storage storage) throws FileException {
        if (storage.bytes() < 2 * SUPERBLOCK_POSITION) {
            return false;
        }
        ByteBuffer begin = ByteBuffer.allocate(2 * SUPERBLOCK_POSITION);
        storage.read(0, begin);
        return begin.getShort(SUPERBLOCK_POSITION + MAGIC_FIELD) == MAGIC;
    }
}
