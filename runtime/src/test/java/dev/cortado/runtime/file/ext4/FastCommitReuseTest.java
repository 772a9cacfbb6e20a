package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.storage.journal.FastCommitBytes;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inodes that a file has lost and another one has got within one transaction: ext4 gives away the
 * first that is free, so that "rm a; touch b" is enough.
 */
final class FastCommitReuseTest {
    private static final int ROOT = 2;
    private static final long FREE = FastCommitImage.FREE_BLOCK;

    @TempDir static Path directory;
    private static FastCommitImage image;

    @BeforeAll
    static void make() throws Exception {
        image = new FastCommitImage(directory);
        image.fill(FREE, 'r');
    }

    private static byte[] file(int size) {
        return FastCommitImage.newInode(0100640, 1, size).array();
    }

    private static byte[] directory() {
        return FastCommitImage.newInode(040750, 2, 1024).array();
    }

    private static void assertIs(Map<String, String> tree, String path, String begin) {
        assertTrue(tree.getOrDefault(path, "nothing").startsWith(begin), tree::toString);
    }

    @Test
    void aFilesByAFile() throws Exception {
        long three = image.number("file3");
        Map<String, String> tree =
                image.replayed(
                        image.commits()
                                .range(three, 20, 1, FREE + 1, false)
                                .inode(three, image.inode("file3").array())
                                .tail()
                                .unlink(ROOT, three, "file3")
                                .inode(three, file(700))
                                .range(three, 0, 1, FREE, false)
                                .create(ROOT, three, "new")
                                .inode(three, file(700))
                                .tail());
        assertIs(tree, "/new", "REGULAR 100640");
        assertEquals(false, tree.containsKey("/file3"));
    }

    /** The file had no name any more when the transaction began, and somebody had it open. */
    @Test
    void anOrphansByAFile() throws Exception {
        long three = image.number("file3");
        byte[] orphan = image.inode("file3").putShort(0x1a, (short) 0).array();
        Map<String, String> tree =
                image.replayed(
                        image.commits()
                                .unlink(ROOT, three, "file3")
                                .inode(three, orphan)
                                .tail()
                                .inode(three, file(0))
                                .create(ROOT, three, "file3")
                                .tail());
        assertIs(tree, "/file3", "REGULAR 100640");
    }

    @Test
    void aDirectorysByAFileAndAFilesByADirectory() throws Exception {
        long below = image.number("directory");
        long empty = image.number("directory/empty");
        long one = image.number("file1");
        Map<String, String> tree =
                image.replayed(
                        image.commits()
                                .unlink(below, empty, "empty")
                                .unlink(ROOT, below, "directory")
                                .unlink(ROOT, one, "file1")
                                .inode(below, file(0))
                                .create(ROOT, below, "file")
                                .inode(one, directory())
                                .create(ROOT, one, "made")
                                .inode(100, file(0))
                                .create(one, 100, "in it")
                                .tail());
        assertIs(tree, "/file", "REGULAR 100640");
        assertIs(tree, "/made", "DIRECTORY 40750");
        assertIs(tree, "/made/in it", "REGULAR 100640");
        assertEquals(false, tree.containsKey("/directory"));
        assertEquals(false, tree.containsKey("/file1"));
    }

    /** Neither of the first two is left of three files that had the same inode. */
    @Test
    void ofFilesThatWereNeverOnTheDisk() throws Exception {
        byte[] first = FastCommitImage.newInode(0100600, 1, 700).putInt(0x64, 1).array();
        FastCommitBytes commits =
                image.commits()
                        .inode(100, first)
                        .range(100, 0, 1, FREE, false)
                        .create(ROOT, 100, "first")
                        .tail()
                        .unlink(ROOT, 100, "first")
                        .inode(100, directory())
                        .create(ROOT, 100, "second")
                        .inode(101, file(700))
                        .range(101, 0, 1, FREE, false)
                        .create(ROOT, 101, "another")
                        .tail();
        Map<String, String> tree = image.replayed(commits);
        assertIs(tree, "/second", "DIRECTORY 40750");
        assertIs(tree, "/another", "REGULAR 100640");
        assertEquals(false, tree.containsKey("/first"));
    }

    /** What is not on the disk, and not in the fast commits, has had names nevertheless. */
    @Test
    void ofAFileThatCameAndWentMeanwhile() throws Exception {
        Map<String, String> tree =
                image.replayed(
                        image.commits()
                                .link(ROOT, 100, "renamed")
                                .unlink(ROOT, 100, "temporary")
                                .unlink(ROOT, 100, "renamed")
                                .unlink(101, 102, "in a directory")
                                .inode(100, directory())
                                .create(ROOT, 100, "made")
                                .inode(101, file(0))
                                .create(100, 101, "in it")
                                .tail());
        assertIs(tree, "/made/in it", "REGULAR 100640");
        assertEquals(false, tree.containsKey("/renamed"));
    }

    /** Names that a directory had got and lost before its inode was another's. */
    @Test
    void aDirectorysWithAFileThatWasMovedThrough() throws Exception {
        long below = image.number("directory");
        long one = image.number("file1");
        long two = image.number("file2");
        Map<String, String> tree =
                image.replayed(
                        image.commits()
                                .link(below, one, "one")
                                .unlink(ROOT, one, "file1")
                                .inode(one, image.inode("file1").array())
                                .link(below, two, "two")
                                .unlink(ROOT, two, "file2")
                                .inode(two, image.inode("file2").array())
                                .tail()
                                .unlink(below, image.number("directory/empty"), "empty")
                                .unlink(below, one, "one")
                                .link(ROOT, two, "out")
                                .unlink(below, two, "two")
                                .unlink(ROOT, below, "directory")
                                .inode(below, file(0))
                                .create(ROOT, below, "new")
                                .tail());
        assertIs(tree, "/new", "REGULAR 100640");
        assertIs(tree, "/out", "REGULAR 100644");
        assertEquals(false, tree.containsKey("/file1"));
        assertEquals(false, tree.containsKey("/file2"));
    }
}
