package dev.cortado.runtime.file.ext4.make;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.ForwardingStorage;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ext4MakerTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final UUID ID = UUID.fromString("3b2c1f0e-5a69-4877-9695-a4b3c2d1e0f0");
    private static final UUID SEED = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final long MADE = 1_700_000_000_000_000_000L;
    private static final MakeOptions OPTIONS = options().build();

    @TempDir Path directory;

    /** A last group that has no room for anything is left out. */
    @ParameterizedTest
    @CsvSource({"134344704, 4096, 32768", "8389632, 1024, 8193", "67108863, 1024, 65535"})
    void endsWhereTheDiskEnds(long bytes, int blockBytes, long blocks)
            throws IOException, FileException {
        Path image = make(bytes, options().blockBytes(blockBytes).build());
        E2fsprogs.assertClean(image);
        assertEquals(String.valueOf(blocks), E2fsprogs.field(image, "Block count"));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 1024",
        "40, 1024",
        "300, 1024",
        "4, 2048",
        "64, 2048",
        "5, 4096",
        "64, 4096",
        "16, 8192",
        "700, 8192",
        "64, 16384",
        "64, 32768",
        "3, 65536",
        "300, 65536",
    })
    void makesBlocksOfEverySize(long mebibytes, int blockBytes) throws IOException, FileException {
        Path image =
                make(
                        mebibytes * MEBIBYTE,
                        options().blockBytes(blockBytes).reservedPercent(0).label("größe").build());
        E2fsprogs.assertClean(image);
        assertEquals("größe", E2fsprogs.field(image, "Filesystem volume name"));
        assertEquals("0", E2fsprogs.field(image, "Reserved block count"));
    }

    @ParameterizedTest
    @CsvSource({
        // One inode for each block, tables that go from group to group, and all but none.
        "200, 4096, 4096, 5, 1024",
        "100, 1024, 1024, 50, 0",
        "600, 4096, 1048576, 1, 0",
        "600, 4096, 67108864, 1, 100000",
        "64, 1024, 8192, 5, 30000",
        "2048, 4096, 16384, 5, 400000",
    })
    void takesOptions(long mebibytes, int block, long perInode, int reserved, long journal)
            throws IOException, FileException {
        Path image =
                make(
                        mebibytes * MEBIBYTE,
                        options()
                                .blockBytes(block)
                                .bytesPerInode(perInode)
                                .reservedPercent(reserved)
                                .journalBlocks(journal)
                                .build());
        E2fsprogs.assertClean(image);
        String blocks = E2fsprogs.field(image, "Total journal blocks");
        assertEquals(journal == 0 ? "" : String.valueOf(journal), blocks);
        assertEquals(journal != 0, E2fsprogs.field(image, "Journal inode").equals("8"));
    }

    @Test
    void saysWhoItIs() throws IOException, FileException {
        Path image = make(16 * MEBIBYTE, options().label("0123456789abcdef").build());
        assertEquals(ID.toString(), E2fsprogs.field(image, "Filesystem UUID"));
        assertEquals(SEED.toString(), E2fsprogs.field(image, "Directory Hash Seed"));
        assertEquals("0123456789abcdef", E2fsprogs.field(image, "Filesystem volume name"));
        assertEquals("Tue Nov 14 22:13:20 2023", E2fsprogs.field(image, "Filesystem created"));
        assertEquals("clean", E2fsprogs.field(image, "Filesystem state"));
        String root = E2fsprogs.debugfs(image, "stat <2>");
        assertTrue(root.contains("User:     0   Group:     0"), root);
        assertTrue(root.contains("Mode:  0755"), root);
        assertTrue(E2fsprogs.debugfs(image, "ls -l /").contains("lost+found"));
        E2fsprogs.assertClean(image);
    }

    @Test
    void theJournalIsEmptyAndHasChecksums() throws IOException, FileException {
        Path image = make(64 * MEBIBYTE, OPTIONS);
        String log = E2fsprogs.debugfs(image, "logdump");
        assertTrue(log.contains("Journal starts at block 0"), log);
        String features = E2fsprogs.field(image, "Journal features");
        assertEquals("journal_64bit journal_checksum_v3", features);
        assertEquals("crc32c", E2fsprogs.field(image, "Journal checksum type"));
    }

    @Test
    void isReadHere() throws IOException, FileException {
        Path image = directory.resolve("image");
        try (FileStorage storage = FileStorage.of(image, 100 * MEBIBYTE)) {
            Geometry made = Ext4Maker.make(storage, options().label("data").build());
            Geometry read = Geometry.of(storage);
            assertArrayEquals(made.uuid(), read.uuid());
            assertEquals(made.blocks(), read.blocks());
            assertEquals("data", read.label());
            assertTrue(read.has(Feature.METADATA_CSUM));
        }
    }

    /** Old tables, bitmaps and journals lie everywhere where nothing is written. */
    @ParameterizedTest
    @CsvSource({"3, 1024", "40, 1024", "80, 4096"})
    void needsNoZeros(long mebibytes, int blockBytes) throws IOException, FileException {
        Path image = directory.resolve("image");
        byte[] rubbish = new byte[(int) (mebibytes * MEBIBYTE)];
        new Random(5).nextBytes(rubbish);
        Files.write(image, rubbish);
        make(rubbish.length, options().blockBytes(blockBytes).build());
        E2fsprogs.assertClean(image);
    }

    @Test
    void writesLittle() throws IOException, FileException {
        Path image = directory.resolve("image");
        try (FileStorage storage = FileStorage.of(image, 100L << 30)) {
            Ext4Maker.make(storage, OPTIONS);
            assertTrue(storage.written().size() < 2000, storage.written().size() + " writes");
        }
    }

    @Test
    void theSuperblockComesLast() throws IOException, FileException {
        Path image = directory.resolve("image");
        try (FileStorage storage = FileStorage.of(image, 40 * MEBIBYTE)) {
            assertTrue(BlankStorage.isBlank(storage));
            Ext4Maker.make(storage, OPTIONS);
            assertFalse(BlankStorage.isBlank(storage));
            assertEquals(0, storage.written().getFirst());
            assertEquals(1024, storage.written().getLast());
            BlankStorage.markUnfinished(storage);
            assertTrue(BlankStorage.isBlank(storage));
            Fails.with(Errno.EINVAL, () -> Geometry.of(storage));
        }
    }

    @Test
    void seesWhatIsNotBlank() throws IOException, FileException {
        Path image = directory.resolve("image");
        try (FileStorage storage = FileStorage.of(image, 40 * MEBIBYTE)) {
            for (long position : new long[] {0, 512, 65536, MEBIBYTE - 512, 40 * MEBIBYTE - 512}) {
                var sector = ByteBuffer.allocate(512).put(100, (byte) 1);
                storage.write(position, sector);
                assertFalse(BlankStorage.isBlank(storage), "byte " + position);
                storage.write(position, ByteBuffer.allocate(512));
            }
            assertTrue(BlankStorage.isBlank(storage));
        }
    }

    /** As mke2fs does; what Linux does not mount is not made unless it has to be. */
    @ParameterizedTest
    @CsvSource({"512, 1024", "2048, 2048", "4096, 4096", "65536, 4096"})
    void blocksAreNotSmallerThanWhatTheDiskWritesAsAWhole(int physical, int blockBytes)
            throws FileException {
        Storage disk =
                new ForwardingStorage(new MemoryStorage(10 * MEBIBYTE)) {
                    @Override
                    public int physicalBytes() {
                        return physical;
                    }
                };
        assertEquals(blockBytes, Ext4Maker.make(disk, OPTIONS).blockBytes());
    }

    @Test
    void takesLargeSectors() throws IOException, FileException {
        Path image = directory.resolve("image");
        try (FileStorage storage = FileStorage.of(image, 10 * MEBIBYTE, 4096)) {
            Ext4Maker.make(storage, OPTIONS);
            E2fsprogs.assertClean(image);
            Fails.with(
                    Errno.EINVAL,
                    () -> Ext4Maker.make(storage, options().blockBytes(1024).build()));
        }
    }

    @Test
    void refusesWhatCannotBe() throws IOException, FileException {
        try (FileStorage tiny = FileStorage.of(directory.resolve("tiny"), MEBIBYTE - 512)) {
            Fails.with(Errno.EINVAL, () -> Ext4Maker.make(tiny, OPTIONS));
        }
        try (FileStorage small = FileStorage.of(directory.resolve("small"), 4 * MEBIBYTE)) {
            Fails.with(
                    Errno.ENOSPC,
                    () -> Ext4Maker.make(small, options().journalBlocks(4096).build()));
            assertTrue(BlankStorage.isBlank(small));
        }
    }

    private static MakeOptions.Builder options() {
        return MakeOptions.of(ID, SEED, MADE);
    }

    private Path make(long bytes, MakeOptions options) throws IOException, FileException {
        Path image = directory.resolve("image");
        try (FileStorage storage = FileStorage.of(image, bytes)) {
            Ext4Maker.make(storage, options);
        }
        return image;
    }
}
