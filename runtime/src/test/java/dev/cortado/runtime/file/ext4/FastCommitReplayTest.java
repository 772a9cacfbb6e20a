package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.TreeListing;
import dev.cortado.runtime.file.storage.journal.FastCommitBytes;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fast commits are replayed as e2fsck does, and with nothing left for it to mend. */
final class FastCommitReplayTest {
    private static final int ROOT = 2;
    private static final long FREE = FastCommitImage.FREE_BLOCK;

    @TempDir static Path directory;
    private static FastCommitImage image;

    @BeforeAll
    static void make() throws Exception {
        image = new FastCommitImage(directory);
    }

    private static void assertAgree(FastCommitBytes commits) throws Exception {
        Map<String, String> expected = image.afterE2fsck(commits);
        assertNotEquals(image.afterE2fsck(image.commits().tail()), expected);
        TreeListing.assertSame(expected, image.replayed(commits));
    }

    private static byte[] with(ByteBuffer inode, int links, int size) {
        inode.putShort(0x1a, (short) links).putInt(4, size).putInt(0x10, 1_650_000_000 + size);
        return inode.array();
    }

    @Test
    void aNewFile() throws Exception {
        image.fill(FREE, 'n');
        image.fill(FREE + 1, 'm');
        byte[] inode = FastCommitImage.newInode(0100640, 1, 1500).array();
        assertAgree(
                image.commits()
                        .inode(100, inode)
                        .range(100, 0, 2, FREE, false)
                        .create(ROOT, 100, "new")
                        .inode(100, inode)
                        .tail());
    }

    @Test
    void symbolicLinks() throws Exception {
        image.fill(FREE, 'l', 200);
        byte[] slow = FastCommitImage.newInode(0120777, 1, 200).putInt(0x1c, 2).array();
        ByteBuffer fast = FastCommitImage.newInode(0120777, 1, 4).putInt(0x20, 0);
        fast.put(0x28, "fast".getBytes(StandardCharsets.US_ASCII));
        Map<String, String> found =
                image.replayed(
                        image.commits()
                                .inode(100, slow)
                                .range(100, 0, 1, FREE, false)
                                .create(ROOT, 100, "slow")
                                .inode(101, fast.array())
                                .create(ROOT, 101, "fast")
                                .tail());
        assertTrue(found.get("/slow").endsWith(" " + "l".repeat(200)), found.toString());
        assertTrue(found.get("/fast").endsWith(" fast"), found.toString());
    }

    @Test
    void blocksThatCameAndWent() throws Exception {
        for (int block = 0; block < 20; block++) {
            image.fill(FREE + block, 'A' + block);
        }
        long five = image.number("file5");
        long six = image.number("file6");
        long seven = image.number("file7");
        assertAgree(
                image.commits()
                        // Longer, with a hole, and with blocks that are not written.
                        .range(five, 16, 3, FREE, false)
                        .range(five, 25, 2, FREE + 3, true)
                        .inode(five, with(image.inode("file5"), 1, 30_000))
                        // Shorter.
                        .noRange(six, 5, 1000)
                        .inode(six, with(image.inode("file6"), 1, 5 * 1024))
                        .tail()
                        // Other blocks in the middle, and none there.
                        .noRange(seven, 3, 4)
                        .range(seven, 4, 1, FREE + 10, false)
                        .range(seven, 12, 2, FREE + 12, true)
                        .inode(seven, with(image.inode("file7"), 1, 21_000))
                        .range(five, 25, 2, FREE + 3, false)
                        .tail());
    }

    /** A map that gets a part more has no room for it, and gets a block: any but one of theirs. */
    @Test
    void blocksThatReplaysTakeAreNotThoseOfFiles() throws Exception {
        long holes = image.number("holes");
        byte[] inode = FastCommitImage.newInode(0100640, 1, 700).array();
        Map<String, String> found =
                image.replayed(
                        image.commits()
                                .inode(100, inode)
                                .range(100, 0, 1, image.freeBlock(), false)
                                .create(ROOT, 100, "new")
                                .noRange(holes, 4, 2)
                                .inode(holes, image.inode("holes").array())
                                .tail());
        assertTrue(found.containsKey("/new"), found.toString());
    }

    @Test
    void names() throws Exception {
        long one = image.number("file1");
        long two = image.number("file2");
        long three = image.number("file3");
        long four = image.number("file4");
        long below = image.number("directory");
        assertAgree(
                image.commits()
                        .link(below, one, "second name")
                        .inode(one, with(image.inode("file1"), 2, 3000))
                        // Renamed, and over another one.
                        .link(ROOT, two, "other")
                        .unlink(ROOT, two, "file2")
                        .inode(two, with(image.inode("file2"), 1, 6000))
                        .unlink(ROOT, four, "file4")
                        .link(ROOT, three, "file4")
                        .unlink(ROOT, three, "file3")
                        .inode(three, with(image.inode("file3"), 1, 9000))
                        .inode(four, with(image.inode("file4"), 0, 12_000))
                        .tail());
    }

    /**
     * Linux says nothing of files that are gone by the time, but of names that they have had; it
     * leaves these out. Here e2fsck gives up.
     */
    @Test
    void whatCameAndWentMeanwhile() throws Exception {
        byte[] inode = FastCommitImage.newInode(0100600, 1, 0).array();
        Map<String, String> found =
                image.replayed(
                        image.commits()
                                .link(ROOT, 100, "renamed")
                                .unlink(ROOT, 100, "temporary")
                                .unlink(ROOT, 100, "renamed")
                                .unlink(101, 102, "in a directory that is gone")
                                .unlink(ROOT, 101, "directory that is gone")
                                .inode(103, inode)
                                .create(101, 103, "in a directory that is gone")
                                .link(ROOT, 103, "moved out of it")
                                .unlink(101, 103, "in a directory that is gone")
                                .inode(103, inode)
                                .tail());
        assertTrue(found.containsKey("/moved out of it"), found.toString());
        assertTrue(!found.containsKey("/renamed"), found.toString());
    }

    /** Records are not in two blocks: what is left of one is filled up, be it nothing. */
    @Test
    void severalBlocks() throws Exception {
        FastCommitBytes commits = image.commits();
        long one = image.number("file1");
        for (int name = 0; name < 150; name++) {
            commits.link(ROOT, one, "n".repeat(name * 7 % 61 + 1) + name);
        }
        commits.inode(one, with(image.inode("file1"), 151, 3000));
        // The directory gets blocks, which e2fsck does not give it.
        assertEquals(150 + 12, image.replayed(commits.tail()).size());
        // The header of what fills up a block is its last four bytes.
        FastCommitBytes exact = image.commits();
        exact.add(7, ByteBuffer.allocate(1024 - 12 - 4 - 4));
        exact.link(ROOT, one, "exact").inode(one, with(image.inode("file1"), 2, 3000));
        assertAgree(exact.tail());
    }

    /** e2fsck makes no directories: what is there is what was said. */
    @Test
    void directories() throws Exception {
        byte[] inode = FastCommitImage.newInode(0100600, 1, 0).array();
        long below = image.number("directory");
        Map<String, String> found =
                image.replayed(
                        image.commits()
                                .inode(200, FastCommitImage.newInode(040750, 2, 1024).array())
                                .create(ROOT, 200, "made")
                                .inode(201, FastCommitImage.newInode(040700, 2, 1024).array())
                                .create(200, 201, "deeper")
                                .inode(202, inode)
                                .create(201, 202, "file")
                                .unlink(below, image.number("directory/empty"), "empty")
                                .tail());
        assertTrue(found.get("/made").startsWith("DIRECTORY 40750 0 0"), found.toString());
        assertTrue(found.containsKey("/made/deeper/file"), found.toString());
        assertTrue(!found.containsKey("/directory/empty"), found.toString());
    }

    @Test
    void whatIsBehindTheLastTailIsNotThere() throws Exception {
        byte[] inode = FastCommitImage.newInode(0100600, 1, 0).array();
        FastCommitBytes whole = image.commits().inode(100, inode).create(ROOT, 100, "kept").tail();
        Map<String, String> expected = image.replayed(whole);
        assertTrue(expected.containsKey("/kept"));
        whole.inode(101, inode).create(ROOT, 101, "lost").tail(FastCommitImage.TRANSACTION, 1);
        whole.inode(102, inode).create(ROOT, 102, "lost too").tail();
        assertEquals(expected, image.replayed(whole));
        assertEquals(expected, image.afterE2fsck(whole));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^metadata_csum", "^64bit", "orphan_file", "^dir_index,^extra_isize"})
    void otherFeatures(String features) throws Exception {
        FastCommitImage other = new FastCommitImage(directory, "-O", "fast_commit," + features);
        other.fill(FREE, 'x');
        byte[] inode = FastCommitImage.newInode(0100640, 1, 700).array();
        Map<String, String> found =
                other.replayed(
                        other.commits()
                                .inode(100, inode)
                                .range(100, 0, 1, FREE, false)
                                .create(ROOT, 100, "new")
                                .unlink(ROOT, other.number("file1"), "file1")
                                .inode(other.number("file1"), with(other.inode("file1"), 0, 3000))
                                .tail());
        assertTrue(found.containsKey("/new"), found.toString());
        assertTrue(!found.containsKey("/file1"), found.toString());
    }

    /** Mounted to be read, or checked, it is what is on the disk that is replayed as well. */
    @Test
    void readOnlyAndChecked() throws Exception {
        FastCommitBytes commits =
                image.commits()
                        .inode(100, FastCommitImage.newInode(0100600, 1, 0).array())
                        .create(ROOT, 100, "new")
                        .tail();
        MemoryStorage storage = MemoryStorage.of(image.bytesWith(commits));
        List<String> findings = new ArrayList<>();
        assertEquals(0, Ext4Check.check(storage, 1 << 20, findings::add), findings::toString);
        storage = MemoryStorage.of(image.bytesWith(commits));
        MountOptions options = MountOptions.of(() -> 0).telling(findings::add, text -> {});
        Ext4FileSystem mounted = Ext4FileSystem.mount(storage, options.with("ro"));
        assertTrue(TreeListing.of(mounted, true, 1).containsKey("/new"));
        mounted.unmount();
        assertEquals(
                List.of("memory: journal: replayed 0, and 2 records of fast commits"), findings);
    }
}
