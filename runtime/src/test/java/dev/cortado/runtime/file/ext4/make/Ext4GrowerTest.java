package dev.cortado.runtime.file.ext4.make;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.transaction.DirectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ext4GrowerTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final long STORE_BYTES = 4 << 20;
    private static final long MADE = 1_700_000_000_000_000_000L;

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "1, 2, 1024",
        "3, 9, 1024",
        "8, 300, 1024",
        "20, 1000, 1024",
        "64, 65, 4096",
        "64, 200, 4096",
        "64, 20000, 4096",
        "130, 300, 4096",
        "40, 10000, 2048",
        "1000, 100000, 4096",
    })
    void growsWithItsDisk(long before, long after, int blockBytes)
            throws IOException, FileException {
        Path image = make(before, blockBytes);
        fill(image);
        Ext4Grower.Growth growth = grow(image, after * MEBIBYTE);
        assertNull(growth.limit());
        assertTrue(growth.isGrown());
        E2fsprogs.assertClean(image);
        long most = after * MEBIBYTE / blockBytes;
        assertTrue(most - growth.blocks() < 10000, growth + " of " + most);
        assertEquals(String.valueOf(growth.blocks()), E2fsprogs.field(image, "Block count"));
        assertTrue(E2fsprogs.debugfs(image, "cat /file").contains("preciousprecious"));
        assertFalse(grow(image, after * MEBIBYTE).isGrown());
    }

    /** Whatever mke2fs makes: without lazy groups, flexible groups, room for numbers, copies. */
    @ParameterizedTest
    @CsvSource({
        "'-t ext4 -O ^metadata_csum', 300",
        "'-t ext4 -O ^metadata_csum,uninit_bg', 300",
        "'-t ext4 -O ^metadata_csum,^uninit_bg,^flex_bg,^64bit', 300",
        "'-t ext4 -O ^flex_bg -I 128', 300",
        "'-t ext4 -O ^resize_inode', 120",
        "'-t ext4 -O sparse_super2', 300",
        "'-t ext4 -O ^sparse_super,^resize_inode', 120",
        "'-t ext4 -O metadata_csum_seed -G 64', 300",
        "'-t ext3', 300",
        "'-t ext2 -I 128', 300",
    })
    void growsWhatOthersMade(String options, long after) throws IOException, FileException {
        Path image = directory.resolve("image");
        FileStorage.of(image, 20 * MEBIBYTE).close();
        String[] words = options.split(" ");
        Object[] arguments = new Object[words.length + 4];
        System.arraycopy(new Object[] {"-q", "-b", 1024}, 0, arguments, 0, 3);
        System.arraycopy(words, 0, arguments, 3, words.length);
        arguments[arguments.length - 1] = image;
        E2fsprogs.output("mke2fs", arguments);
        fill(image);
        Ext4Grower.Growth growth = grow(image, after * MEBIBYTE);
        assertTrue(growth.isGrown());
        assertNull(growth.limit());
        E2fsprogs.assertClean(image);
        assertTrue(E2fsprogs.debugfs(image, "cat /file").contains("preciousprecious"));
    }

    @Test
    void saysWhatItCannotUse() throws IOException, FileException {
        Path image = directory.resolve("image");
        FileStorage.of(image, 20 * MEBIBYTE).close();
        E2fsprogs.output("mke2fs", "-q", "-b", 1024, "-O", "^resize_inode", image);
        Ext4Grower.Growth growth = grow(image, 1000 * MEBIBYTE);
        assertEquals("there are descriptors for 32 groups", growth.limit());
        assertEquals(1 + 32 * 8192, growth.blocks());
        E2fsprogs.assertClean(image);
        assertFalse(grow(image, 1000 * MEBIBYTE).isGrown());
    }

    @Test
    void theCopiesOfTheSuperblockGrowToo() throws IOException, FileException {
        Path image = make(20, 1024);
        grow(image, 100 * MEBIBYTE);
        for (int group : new int[] {1, 3, 5, 7, 9}) {
            int block = 1 + group * 8192;
            HostTools.Result result =
                    E2fsprogs.run("e2fsck", "-fn", "-b", block, "-B", 1024, image);
            assertTrue(result.text().contains("/102400 blocks"), result.text());
        }
    }

    @Test
    void resize2fsFindsNothingLeft() throws IOException, FileException {
        Path image = make(64, 4096);
        grow(image, 1000 * MEBIBYTE);
        String text = E2fsprogs.output("resize2fs", image);
        assertTrue(text.contains("Nothing to do!"), text);
    }

    private Path make(long mebibytes, int blockBytes) throws IOException, FileException {
        Path image = directory.resolve("image");
        try (FileStorage storage = FileStorage.of(image, mebibytes * MEBIBYTE)) {
            MakeOptions options =
                    MakeOptions.of(new UUID(1, 2), new UUID(3, 4), MADE)
                            .blockBytes(blockBytes)
                            .build();
            Ext4Maker.make(storage, options);
        }
        return image;
    }

    private void fill(Path image) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "precious".repeat(10000));
        E2fsprogs.output("debugfs", "-w", "-R", "write " + file + " file", image);
    }

    private static Ext4Grower.Growth grow(Path image, long bytes)
            throws IOException, FileException {
        try (FileStorage storage = FileStorage.of(image, bytes)) {
            Geometry geometry = Geometry.of(storage);
            try (DirectStore store =
                    new DirectStore(
                            storage,
                            geometry.blockBytes(),
                            geometry.blocks(),
                            false,
                            STORE_BYTES,
                            () -> {})) {
                return Ext4Grower.grow(storage, store, geometry);
            }
        }
    }
}
