package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.SparseFile;
import dev.cortado.image.format.bytes.ZeroSource;
import dev.cortado.image.format.qcow2.Qcow2Layout;
import dev.cortado.image.format.qcow2.Qcow2Writer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes disks that nothing was written to yet: files that take almost no room. */
public final class EmptyDisk {
    /** What every driver and every hypervisor can address. */
    private static final int SECTOR_BYTES = 512;

    /** Rounded up to sectors, it is still a number. */
    private static final long MOST_RAW_BYTES = Long.MAX_VALUE - SECTOR_BYTES + 1;

    private EmptyDisk() {}

    /**
     * Makes a disk, all zeros.
     *
     * @param bytes its size, rounded up to whole sectors of 512 bytes; more than 0
     * @throws UserError if there is such a file, or it cannot be made: nothing is left of it then
     */
    public static void create(Path file, DiskFormat format, long bytes) {
        long most = format == DiskFormat.QCOW2 ? Qcow2Layout.MOST_BYTES : MOST_RAW_BYTES;
        if (bytes <= 0 || bytes > most) {
            throw new UserError(
                    "a disk of %d bytes, %s, cannot be made: a %s one has 1 to %d"
                            .formatted(bytes, file, format.word(), most));
        }
        long size = Math.ceilDiv(bytes, SECTOR_BYTES) * SECTOR_BYTES;
        FileChannel channel = open(file);
        try (channel) {
            if (format == DiskFormat.QCOW2) {
                Qcow2Writer.write(new ZeroSource(file.toString(), size), channel);
            } else {
                new SparseFile(channel).extend(size);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * Makes a disk in the place of the file that is there.
     *
     * @throws UserError as {@link #create}, and if the file is in use
     */
    public static void replace(Path file, DiskFormat format, long bytes) {
        try (DiskLock lock = DiskLock.take(file)) {
            Files.deleteIfExists(file);
            create(file, format, bytes);
        } catch (IOException e) {
            throw new UserError("cannot replace %s (%s)".formatted(file, e), e);
        }
    }

    /** A disk that is there already is somebody's data. */
    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(
                    file,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.SPARSE,
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new UserError("there is a file %s already: it is kept".formatted(file), e);
        } catch (NoSuchFileException e) {
            throw new UserError(
                    "cannot make the disk %s: there is no directory %s"
                            .formatted(file, file.getParent()),
                    e);
        } catch (IOException e) {
            throw new UserError("cannot make the disk %s (%s)".formatted(file, e), e);
        }
    }

    private static UserError failed(Path file, IOException cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new UserError(
                "cannot make the disk %s (%s); check that there is room for it"
                        .formatted(file, cause),
                cause);
    }
}
