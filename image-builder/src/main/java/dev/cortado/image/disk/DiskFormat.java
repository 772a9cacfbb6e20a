package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.image.format.qcow2.Qcow2Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How a file keeps a disk's bytes. */
public enum DiskFormat {
    /** Byte by byte; what was never written takes no room. */
    RAW,
    /** QEMU's own, version 2 or 3 (QEMU, docs/interop/qcow2). */
    QCOW2;

    /** Of a mode: inode(7), S_IFMT, S_IFREG and S_IFBLK. */
    private static final int KIND = 0170000;

    private static final int REGULAR = 0100000;
    private static final int BLOCK_DEVICE = 0060000;

    /**
     * What a file is, by its first bytes; whatever is nothing else is raw.
     *
     * <p>A guest can write those of a raw disk, and make it one that has bytes of another file of
     * the host, of the guest's choice. So such a disk has to be called what it is.
     *
     * @throws UserError if it cannot be read, or may be such a guest's
     */
    public static DiskFormat of(Path file) {
        if (Files.isDirectory(file)) {
            throw new UserError("%s is a directory, not a disk: name a file".formatted(file));
        }
        requireDisk(file);
        ByteBuffer begin = ByteBuffer.allocate(Qcow2Layout.LOOKED_AT_BYTES);
        try (FileChannel channel = FileChannel.open(file)) {
            while (begin.hasRemaining() && channel.read(begin) >= 0) {
                // A file may end, or give its bytes one by one.
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        begin.flip();
        boolean isQcow2 = begin.limit() >= Integer.BYTES && begin.getInt(0) == Qcow2Layout.MAGIC;
        if (isQcow2 && named(file) != QCOW2 && Qcow2Layout.namesOthers(begin)) {
            throw new UserError(
                    "the disk %s names another file that it has bytes of, as QEMU's format can; a guest may have written that to read the file: if it is yours, rename the disk so that it ends in .qcow2"
                            .formatted(file));
        }
        return isQcow2 ? QCOW2 : RAW;
    }

    /** Whoever opens a pipe waits for somebody at its other end. */
    private static void requireDisk(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        try {
            int kind = (Integer) Files.getAttribute(file, "unix:mode") & KIND;
            if (kind != REGULAR && kind != BLOCK_DEVICE) {
                throw new UserError(
                        "%s is neither a file nor a block device: name one".formatted(file));
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UserError unreadable(Path file, IOException cause) {
        return new UserError("cannot read the disk %s (%s)".formatted(file, cause), cause);
    }

    /** What a file that is to be made is, by the end of its name: raw unless that is .qcow2. */
    public static DiskFormat named(Path file) {
        boolean isQcow2 = file.toString().toLowerCase(Locale.ROOT).endsWith(".qcow2");
        return isQcow2 ? QCOW2 : RAW;
    }

    /** As QEMU's options have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
