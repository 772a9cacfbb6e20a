package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.storage.ForwardingStorage;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.StoragePart;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is smaller than it was when it was mounted. */
final class ShrunkDiskTest {
    private static final int BYTES = 100_000;

    @TempDir Path directory;

    /** It says, as disks do, that there is no such place. */
    private static final class Shrinking extends ForwardingStorage {
        private volatile long end = Long.MAX_VALUE;

        Shrinking(Storage storage) {
            super(storage);
        }

        private void check(long position, long length) throws FileException {
            if (position > end - length) {
                throw new FileException(Errno.EINVAL, name());
            }
        }

        @Override
        public void read(long position, ByteBuffer to) throws FileException {
            check(position, to.remaining());
            super.read(position, to);
        }

        @Override
        public void write(long position, ByteBuffer from) throws FileException {
            check(position, from.remaining());
            super.write(position, from);
        }

        @Override
        public void readAll(List<StoragePart> parts) throws FileException {
            for (StoragePart part : parts) {
                read(part.position(), part.bytes());
            }
        }

        @Override
        public void writeAll(List<StoragePart> parts) throws FileException {
            for (StoragePart part : parts) {
                write(part.position(), part.bytes());
            }
        }
    }

    @Test
    void whatIsBehindItsEndIsAnErrorOfTheDisk() throws Exception {
        Shrinking disk =
                new Shrinking(Ext4Image.make(directory, Format.BLOCKS_4K, 16 << 10).storage());
        Ext4FileSystem first = Ext4FileSystem.mount(disk, MountOptions.of(() -> 0));
        Inode made = first.create(first.root(), FileName.of("file"), 0600);
        assertEquals(BYTES, first.write(made, 0, ByteBuffer.allocate(BYTES)));
        first.unmount();

        Ext4FileSystem mounted = Ext4FileSystem.mount(disk, MountOptions.of(() -> 0));
        Inode file = mounted.lookup(mounted.root(), FileName.of("file"));
        assertEquals(100, mounted.read(file, 0, ByteBuffer.allocate(100)));
        disk.end = 4096;
        Fails.with(Errno.EIO, () -> mounted.read(file, 50_000, ByteBuffer.allocate(BYTES)));
        Fails.with(Errno.EIO, () -> mounted.readDirect(file, 0, ByteBuffer.allocateDirect(BYTES)));
        Fails.with(
                Errno.EIO,
                () -> {
                    mounted.write(file, 0, ByteBuffer.allocate(100));
                    mounted.sync(file, false);
                });
    }
}
