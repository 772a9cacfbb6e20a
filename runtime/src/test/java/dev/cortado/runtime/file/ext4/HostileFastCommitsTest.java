package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.TreeListing;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import dev.cortado.runtime.file.storage.journal.FastCommitBytes;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fast commits whose checksums are right and that say what cannot be, and replays that fail. */
final class HostileFastCommitsTest {
    private static final int ROOT = 2;
    private static final long FREE = FastCommitImage.FREE_BLOCK;
    private static final int FUZZED = Integer.getInteger("cortado.ext4.fuzz", 40);

    private static final MountOptions OPTIONS = MountOptions.of(() -> FastCommitImage.TIME);

    @TempDir static Path directory;
    private static FastCommitImage image;
    private static long one;
    private static long below;

    @BeforeAll
    static void make() throws Exception {
        image = new FastCommitImage(directory);
        one = image.number("file1");
        below = image.number("directory");
    }

    private static Arguments bad(String message, Consumer<FastCommitBytes> commits) {
        return Arguments.of(message, commits);
    }

    private static byte[] file() {
        return FastCommitImage.newInode(0100600, 1, 0).array();
    }

    static Stream<Arguments> hostile() {
        byte[] file = file();
        byte[] directoryInode = FastCommitImage.newInode(040700, 2, 1024).array();
        ByteBuffer attributes = FastCommitImage.newInode(0100600, 1, 0).putInt(0x68, 7500);
        ByteBuffer blockMap = FastCommitImage.newInode(0100600, 1, 0).putInt(0x20, 0);
        ByteBuffer extra = FastCommitImage.newInode(0100600, 1, 0).putShort(0x80, (short) 1000);
        // A block map, if it were not a target of eight letters.
        ByteBuffer link = FastCommitImage.newInode(0120777, 1, 8).putInt(0x20, 0);
        link.putInt(0x28, (int) FREE).putInt(0x2c, (int) FREE + 1);
        ByteBuffer longLink = FastCommitImage.newInode(0120777, 1, 100).putInt(0x20, 0);
        longLink.putInt(0x1c, 2).putInt(0x28, (int) FREE);
        return Stream.of(
                bad("inode 8, which is no file's", c -> c.inode(8, file)),
                bad("inode 0, which is no file's", c -> c.range(0, 0, 1, FREE, false)),
                bad("inode 4294967295, which is no file's", c -> c.create(ROOT, -1, "a")),
                bad("inode 3, which is no file's", c -> c.create(3, one, "a")),
                bad("another one than on the disk", c -> c.inode(one, file)),
                bad("attributes in a block", c -> c.inode(100, attributes.array())),
                bad("is new, and has no extents", c -> c.inode(100, blockMap.array())),
                bad("is new, and has no extents", c -> c.inode(100, longLink.array())),
                bad("1000 extra bytes", c -> c.inode(100, extra.array())),
                bad("of no kind", c -> c.inode(100, FastCommitImage.newInode(0, 1, 0).array())),
                bad("blocks of a free inode", c -> c.range(100, 0, 1, FREE, false)),
                bad("blocks of no file", c -> c.range(below, 5, 1, FREE, false)),
                bad("blocks of no file", c -> c.inode(100, link.array()).noRange(100, 0, 9)),
                bad("is not free", c -> c.range(one, 100, 1, 700, false)),
                bad("that are no file's", c -> c.range(one, 100, 1, 2, false)),
                bad("that are no file's", c -> c.range(one, 100, 5000, FREE, false)),
                bad("that are no file's", c -> c.range(one, 100, 1, 1L << 40, false)),
                bad("at block 0", c -> c.range(one, 100, 1, 0, false)),
                bad(
                        "is not free",
                        c -> c.range(one, 100, 2, FREE, false).range(one, 200, 2, FREE + 1, false)),
                bad("name of 3 bytes that is none", c -> c.create(ROOT, one, "a/b")),
                bad("name of 2 bytes that is none", c -> c.link(ROOT, one, "..")),
                bad("is free", c -> c.create(ROOT, 100, "a")),
                bad("no directory", c -> c.link(one, one, "a")),
                bad("a directory with two names", c -> c.link(ROOT, below, "again")),
                bad("a directory in its place", c -> c.link(ROOT, one, "directory")),
                bad("that is not empty", c -> c.unlink(ROOT, below, "directory")),
                bad("a file without a name", c -> c.inode(100, file)),
                bad("a file without a name", c -> c.inode(100, file).create(101, 100, "a")),
                bad("a directory without a name", c -> c.inode(100, directoryInode)),
                bad("no directory", c -> c.inode(100, directoryInode).create(100, 100, "itself")));
    }

    /** It is refused, in the same words once more, and nothing but the journal has changed. */
    @ParameterizedTest
    @MethodSource
    void hostile(String message, Consumer<FastCommitBytes> commits) throws Exception {
        FastCommitBytes bytes = image.commits().inode(99, file()).create(ROOT, 99, "not there");
        commits.accept(bytes);
        MemoryStorage storage = MemoryStorage.of(image.bytesWith(bytes.tail()));
        MountOptions options = MountOptions.of(() -> 0);
        for (int time = 0; time < 2; time++) {
            FileException e =
                    assertThrows(FileException.class, () -> Ext4FileSystem.mount(storage, options));
            assertTrue(e.path().contains(message), e.path());
        }
        Map<String, String> tree =
                TreeListing.of(Ext4FileSystem.mount(storage, options.with("ro,noload")), true, 1);
        assertTrue(!tree.containsKey("/not there"));
    }

    /** Whatever records say, nothing escapes, and what is mounted can be read. */
    @Test
    void fuzzed() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < FUZZED; round++) {
            FastCommitBytes bytes = image.commits();
            byte[] inode = FastCommitImage.newInode(0100600, 1, 1500).array();
            for (int record = random.nextInt(20); record >= 0; record--) {
                long number = random.nextInt(3) == 0 ? one : 12 + random.nextInt(30);
                long place = random.nextInt(4) == 0 ? random.nextInt(8200) : FREE + record * 4;
                String name = "name" + random.nextInt(4);
                switch (random.nextInt(6)) {
                    case 0 -> bytes.range(number, random.nextInt(40), 2, place, record % 2 == 0);
                    case 1 -> bytes.noRange(number, random.nextInt(20), random.nextInt());
                    case 2 -> bytes.link(random.nextBoolean() ? ROOT : below, number, name);
                    case 3 -> bytes.unlink(ROOT, number, "file" + random.nextInt(8));
                    case 4 -> bytes.create(ROOT, number, name);
                    default -> {
                        byte[] changed = inode.clone();
                        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                        bytes.inode(number, changed);
                    }
                }
            }
            MemoryStorage storage = MemoryStorage.of(image.bytesWith(bytes.tail()));
            try {
                Ext4FileSystem fileSystem =
                        Ext4FileSystem.mount(
                                storage, MountOptions.of(() -> 0).with("errors=continue"));
                TreeListing.of(fileSystem, true, 1);
                fileSystem.unmount();
            } catch (FileException e) {
                // As it should be.
            }
        }
    }

    static Stream<FastCommitBytes> interruptedReplays() throws Exception {
        byte[] file = FastCommitImage.newInode(0100640, 1, 1500).array();
        FastCommitBytes several =
                image.commits()
                        .inode(100, file)
                        .range(100, 0, 2, FREE, false)
                        .create(ROOT, 100, "new")
                        .unlink(ROOT, one, "file1")
                        .link(below, one, "moved")
                        .tail();
        FastCommitBytes reused =
                image.commits()
                        .unlink(below, image.number("directory/empty"), "empty")
                        .unlink(ROOT, below, "directory")
                        .unlink(ROOT, one, "file1")
                        .inode(below, file)
                        .range(below, 0, 2, FREE, false)
                        .create(ROOT, below, "new")
                        .inode(one, FastCommitImage.newInode(040700, 2, 1024).array())
                        .create(ROOT, one, "made")
                        .tail();
        return Stream.of(several, reused);
    }

    /** A disk that takes no more at some point: the replay is done again, or is in the log. */
    @ParameterizedTest
    @MethodSource
    void interruptedReplays(FastCommitBytes commits) throws Exception {
        byte[] crashed = image.bytesWith(commits);
        Map<String, String> expected = image.replayed(commits);
        boolean isDone = false;
        for (int writes = 0; !isDone; writes++) {
            MemoryStorage storage = MemoryStorage.of(crashed.clone());
            AtomicInteger left = new AtomicInteger(writes);
            storage.setFaults((request, position, length) ->
                    request == MemoryStorage.Request.WRITE && left.getAndDecrement() <= 0);
            isDone = isMounted(storage);
            storage.setFaults((request, position, length) -> false);
            Ext4FileSystem mounted = Ext4FileSystem.mount(storage, OPTIONS);
            assertEquals(expected, TreeListing.of(mounted, true, 1), "after " + writes);
            mounted.unmount();
            Path file = Files.write(directory.resolve("interrupted.img"), storage.image());
            if (writes % 10 == 0) {
                E2fsprogs.assertClean(file);
            }
        }
    }

    private static boolean isMounted(MemoryStorage storage) {
        try {
            Ext4FileSystem.mount(storage, OPTIONS);
            return true;
        } catch (FileException e) {
            return false;
        }
    }
}
