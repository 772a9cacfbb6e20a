package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.tree.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Copies files and directories between a disk and the host, as {@code cp -a} would, but for owners:
 * on the host, files belong to who copies them.
 */
public final class DiskCopy {
    private DiskCopy() {}

    /**
     * Copies. A directory that is there already gets what is copied as a file, or a directory, in
     * it; of a disk's root, and of {@code DIRECTORY/.}, all that is in it.
     *
     * @param from a path of the host, or FILE:/PATH
     * @param to as {@code from}: one of them is of a disk
     * @param partition a number, or 0 for what there is
     * @param keepsOwners whether files belong to whom they belong to on the host, and not to root
     * @param warnings is told of what is left out, and of damage
     * @return how many files and directories of a disk were not copied whole, for they are damaged
     * @throws UserError if something cannot be read or written; what was copied until then stays
     */
    public static int copy(
            String from, String to, int partition, boolean keepsOwners, Consumer<String> warnings) {
        if (DiskPath.isOne(from) == DiskPath.isOne(to)) {
            throw new UserError(
                    "%s and %s: one of them has to be a disk's, FILE:/PATH, the other not"
                            .formatted(from, to));
        }
        if (DiskPath.isOne(from)) {
            return toHost(DiskPath.parse(from), Path.of(to), partition, warnings);
        }
        toDisk(Path.of(from), DiskPath.parse(to), partition, keepsOwners, warnings);
        return 0;
    }

    private static int toHost(DiskPath from, Path to, int partition, Consumer<String> warnings) {
        try (MountedDisk disk = MountedDisk.open(from.disk(), partition, true, warnings)) {
            Path target = target(from, to);
            HostTreeWriter writer = new HostTreeWriter(disk.tree(), disk.bytes(), warnings);
            return disk.use(() -> writer.copy(from, target));
        } catch (IOException e) {
            throw new UserError("cannot write to %s (%s)".formatted(to, e), e);
        }
    }

    private static Path target(DiskPath from, Path to) throws IOException {
        if (!Files.isDirectory(to)) {
            return to;
        }
        // Who names a link to a directory means that; one in a directory may be the guest's.
        String name = from.name();
        return name.isEmpty() ? to.toRealPath() : to.resolve(HostName.path(name));
    }

    private static void toDisk(
            Path from, DiskPath to, int partition, boolean keepsOwners, Consumer<String> warnings) {
        if (from.toString().isEmpty() || !Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserError("there is no %s".formatted(from));
        }
        try (MountedDisk disk = MountedDisk.open(to.disk(), partition, false, warnings)) {
            Path name = from.getFileName();
            boolean isNamed = name != null && !name.toString().matches("\\.\\.?");
            boolean isInto = isNamed && isDirectory(disk.tree(), to);
            DiskPath target = isInto ? to.resolve(HostName.text(name)) : to;
            HostTreeReader reader =
                    new HostTreeReader(disk.tree(), to.disk(), to.disk(), keepsOwners, warnings);
            disk.use(() -> {
                reader.copy(from, target);
                return null;
            });
        }
    }

    static boolean isDirectory(FileTree tree, DiskPath path) {
        try {
            return tree.attributes(null, path.bytes(), true).isDirectory();
        } catch (FileException e) {
            return false;
        }
    }
}
