package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When there is no room left, what was there stays, and what is freed can be used at once. */
final class FullDiskTest {
    private static final int ROUNDS = 4;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "WITHOUT_JOURNAL", "EXT2", "INLINE_DATA", "WITHOUT_FLEX_BG"})
    void lastBlockIsUsed(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, 3072);
        Ext4FileSystem mounted = image.mount();
        long freeBefore = mounted.statistics().freeBlocks();
        Random random = new Random(4);
        for (int round = 0; round < ROUNDS; round++) {
            fill(mounted, random, round);
            assertTrue(mounted.statistics().freeBlocks() < 3, "free");
            if (round % 2 == 0) {
                empty(mounted);
            }
        }
        empty(mounted);
        mounted.syncAll();
        // The root has grown.
        long grown = mounted.attributes(mounted.root()).size() / 1024 - 1;
        assertTrue(mounted.statistics().freeBlocks() >= freeBefore - grown - 2);
        mounted.unmount();
        image.assertClean();
    }

    /** Files until nothing goes any more, not even a byte. */
    private static void fill(Ext4FileSystem mounted, Random random, int round)
            throws FileException {
        Inode root = mounted.root();
        Inode last = null;
        boolean isFull = false;
        for (int i = 0; !isFull; i++) {
            FileName name = FileName.of("file" + round + "." + i + "x".repeat(random.nextInt(60)));
            try {
                last = mounted.create(root, name, 0600);
                int size = 1000 + random.nextInt(200_000);
                isFull = mounted.write(last, 0, ByteBuffer.allocate(size)) < size;
            } catch (FileException e) {
                assertEquals(Errno.ENOSPC, e.errno());
                isFull = true;
            }
        }
        // Whole blocks, until the last is gone; if it was before, so that there is no file, none.
        while (last != null) {
            try {
                mounted.append(last, ByteBuffer.allocate(1024));
            } catch (FileException e) {
                assertEquals(Errno.ENOSPC, e.errno());
                return;
            }
        }
    }

    private static void empty(Ext4FileSystem mounted) throws FileException {
        Inode root = mounted.root();
        DirectoryEntry entry = mounted.nextEntry(root, DirectoryEntry.START);
        while (entry != null) {
            if (!mounted.lookup(root, entry.name()).isDirectory()) {
                mounted.unlink(root, entry.name());
            }
            entry = mounted.nextEntry(root, entry.cookie());
        }
    }

    @Test
    void lastInodeIsUsed() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 2048, "-N", "32");
        Ext4FileSystem mounted = image.mount();
        long free = mounted.statistics().freeFiles();
        for (int i = 0; i < free; i++) {
            mounted.create(mounted.root(), FileName.of("file" + i), 0600);
        }
        Fails.with(
                Errno.ENOSPC,
                () -> mounted.makeDirectory(mounted.root(), FileName.of("more"), 0700));
        assertEquals(0, mounted.statistics().freeFiles());
        mounted.unlink(mounted.root(), FileName.of("file3"));
        mounted.makeDirectory(mounted.root(), FileName.of("more"), 0700);
        mounted.unmount();
        image.assertClean();
    }
}
