package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.Within;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that some read and write past the cache. */
class DirectContentTest {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 32;
    private static final int ROUNDS = 200;

    @TempDir Path directory;

    /** Each writer has blocks of its own, in which numbers only grow. */
    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "BLOCKS_4K", "WITHOUT_JOURNAL"})
    void nobodyEverReadsWhatWasThereBefore(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, 8 * 1024);
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0600);
        mounted.write(file, 0, ByteBuffer.allocate(BLOCKS * BLOCK));
        Within.together(
                writer(mounted, file, 0, true),
                writer(mounted, file, 1, true),
                writer(mounted, file, 2, false),
                reader(mounted, file, true),
                reader(mounted, file, false));
        for (int block = 0; block < BLOCKS; block++) {
            int cached = number(mounted, file, block, false);
            assertEquals(cached, number(mounted, file, block, true), "Block " + block);
            assertTrue(block % 4 == 3 || cached > 0, "Block " + block);
        }
        mounted.unmount();
        image.assertClean();
    }

    private static Callable<Void> writer(
            Ext4FileSystem mounted, Inode file, int first, boolean isDirect) {
        return () -> {
            for (int round = 1; round <= ROUNDS; round++) {
                int block = first + 4 * (round % (BLOCKS / 4));
                ByteBuffer bytes = ByteBuffer.allocate(BLOCK).putInt(0, round);
                int written =
                        isDirect
                                ? mounted.writeDirect(file, (long) block * BLOCK, bytes)
                                : mounted.write(file, (long) block * BLOCK, bytes);
                assertEquals(BLOCK, written);
                assertEquals(round, number(mounted, file, block, false));
            }
            return null;
        };
    }

    private static Callable<Void> reader(Ext4FileSystem mounted, Inode file, boolean isDirect) {
        return () -> {
            Random random = new Random(1);
            int[] last = new int[BLOCKS];
            for (int round = 0; round < ROUNDS; round++) {
                int block = random.nextInt(BLOCKS);
                int now = number(mounted, file, block, isDirect);
                assertTrue(now >= last[block], now + " after " + last[block]);
                last[block] = now;
            }
            return null;
        };
    }

    private static int number(Ext4FileSystem mounted, Inode file, int block, boolean isDirect)
            throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        long position = (long) block * BLOCK;
        int count =
                isDirect
                        ? mounted.readDirect(file, position, bytes)
                        : mounted.read(file, position, bytes);
        assertEquals(BLOCK, count);
        return bytes.getInt(0);
    }

    @Test
    void whatIsReadOnlyOrGoneIsNotWritten() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 8 * 1024);
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0600);
        mounted.writeDirect(file, 0, ByteBuffer.allocate(2 * BLOCK));
        assertEquals(2 * BLOCK, mounted.attributes(file).size());
        mounted.unlink(mounted.root(), FileName.of("file"));
        Fails.with(Errno.ENOENT, () -> mounted.writeDirect(file, 0, ByteBuffer.allocate(BLOCK)));
        Fails.with(Errno.ENOENT, () -> mounted.readDirect(file, 0, ByteBuffer.allocate(BLOCK)));
        mounted.create(mounted.root(), FileName.of("file"), 0600);
        mounted.unmount();
        Ext4FileSystem readOnly = image.mount(() -> 0, "ro");
        Inode there = readOnly.lookup(readOnly.root(), FileName.of("file"));
        Fails.with(Errno.EROFS, () -> readOnly.writeDirect(there, 0, ByteBuffer.allocate(BLOCK)));
    }
}
