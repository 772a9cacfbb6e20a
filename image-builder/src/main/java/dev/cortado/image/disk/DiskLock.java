package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a disk's file from being used by others, as QEMU does with its disks. */
final class DiskLock implements AutoCloseable {
    /** Of no file. */
    static final DiskLock NONE = new DiskLock(null);

    /** Closing it gives the lock back. */
    private final FileChannel channel;

    private DiskLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the file for what is going to replace it, until this is closed.
     *
     * @throws UserError if it is in use, or cannot be written
     */
    static DiskLock take(Path file) {
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            try {
                lock(file, channel, false);
                return new DiskLock(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UserError("cannot replace the disk %s (%s)".formatted(file, e), e);
        }
    }

    /**
     * Locks a disk as long as the channel is open.
     *
     * @param isShared with others who only read it
     * @throws UserError if somebody else has it
     */
    static void lock(Path file, FileChannel channel, boolean isShared) throws IOException {
        boolean isLocked;
        try {
            isLocked = channel.tryLock(0, Long.MAX_VALUE, isShared) != null;
        } catch (OverlappingFileLockException e) {
            // Somebody in this process.
            isLocked = false;
        }
        if (!isLocked) {
            throw new UserError("%s is in use: end the guest first".formatted(file));
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UserError("cannot close a disk that was replaced (%s)".formatted(e), e);
        }
    }
}
