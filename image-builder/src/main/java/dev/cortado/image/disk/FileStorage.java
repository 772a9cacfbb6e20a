package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/** A raw disk that is a file, or a device, of the host. Nobody else writes it meanwhile. */
final class FileStorage implements Storage, AutoCloseable {
    private static final int SECTOR_BYTES = 512;

    private final Path file;
    private final FileChannel channel;
    private final long bytes;
    private final boolean isReadOnly;

    /** The first of the host's; a file system says of it only that there was one. */
    private volatile IOException failure;

    private FileStorage(Path file, FileChannel channel, long bytes, boolean isReadOnly) {
        this.file = file;
        this.channel = channel;
        this.bytes = bytes;
        this.isReadOnly = isReadOnly;
    }

    /**
     * @throws UserError if it cannot be opened, is no raw disk, or is in use
     */
    static FileStorage open(Path file, boolean isReadOnly) {
        if (DiskFormat.of(file) != DiskFormat.RAW) {
            throw new UserError(
                    "%s is in QEMU's format: convert it with qemu-img convert -O raw first"
                            .formatted(file));
        }
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.READ);
        if (!isReadOnly) {
            options.add(StandardOpenOption.WRITE);
        }
        try {
            FileChannel channel = FileChannel.open(file, options);
            try {
                DiskLock.lock(file, channel, isReadOnly);
                long bytes = channel.size() / SECTOR_BYTES * SECTOR_BYTES;
                return new FileStorage(file, channel, bytes, isReadOnly);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UserError("cannot open the disk %s (%s)".formatted(file, e), e);
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int sectorBytes() {
        return SECTOR_BYTES;
    }

    @Override
    public boolean isReadOnly() {
        return isReadOnly;
    }

    @Override
    public boolean canDiscard() {
        return false;
    }

    @Override
    public void read(long position, ByteBuffer to) throws FileException {
        check(position, to.remaining());
        try {
            long at = position;
            while (to.hasRemaining()) {
                int count = channel.read(to, at);
                if (count < 0) {
                    throw new FileException(Errno.EIO, file + ": ends too early");
                }
                at += count;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void write(long position, ByteBuffer from) throws FileException {
        if (isReadOnly) {
            throw new FileException(Errno.EROFS, name());
        }
        check(position, from.remaining());
        try {
            long at = position;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void check(long position, int length) throws FileException {
        boolean isInside = position >= 0 && position <= bytes - length;
        if (!isInside || position % SECTOR_BYTES != 0 || length % SECTOR_BYTES != 0) {
            throw new FileException(Errno.EINVAL, name());
        }
    }

    private FileException failed(IOException e) {
        failure = failure == null ? e : failure;
        return new FileException(Errno.EIO, file + ": " + e.getMessage());
    }

    @Override
    public void flush() throws FileException {
        if (isReadOnly) {
            return;
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Why the host has not done what it was told to; null if it has. */
    IOException failure() {
        return failure;
    }

    @Override
    public void discard(long position, long length) {}

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UserError("cannot close %s (%s)".formatted(file, e), e);
        }
    }
}
