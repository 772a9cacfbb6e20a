package dev.cortado.runtime.file.ext4.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finds what debugfs, or anything, has damaged. */
class Ext4CheckerFindsTest {
    private static final long MEMORY_BYTES = 16 << 20;
    private static final int ROUNDS = Integer.getInteger("cortado.check.rounds", 40);

    @TempDir static Path common;
    private static SampleImage good;

    @TempDir Path directory;
    private SampleImage image;

    @BeforeAll
    static void make() throws IOException {
        good = SampleImage.make(common, "-t ext4 -b 1024 -N 2048");
    }

    @BeforeEach
    void copy() throws IOException {
        image = good.copy(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sif d/f7 links_count 3            | 1 names, not 3",
                "sif d links_count 7               | links, not 7",
                "sif d/f7 mode 0                   | mode 0",
                "sif large size 1000               | size 1000, and written blocks up to 293",
                "sif d/f7 blocks 99                | sectors, and says 99",
                "clri d/f7                         | which is not used",
                "freei d/f7                        | used, but free in the bitmap",
                "freeb 259 5                       | used, but free in the bitmap",
                "setb 14000                        | used in the bitmap, but free",
                "seti <300>                        | used in the bitmap, but free",
                "unlink d/f7                       | has no name",
                "unlink d                          | has no name",
                "ln d/f7 d/again                   | 2 names, not 1",
                "ln d e                            | with two names",
                "ln /d/deep d/deep/deeper/loop     | with two names",
                "set_super_value free_blocks_count 5 | free blocks, not 5",
                "set_super_value free_inodes_count 5 | free inodes, not 5",
                "set_bg 0 free_blocks_count 5      | wrong checksum",
                "set_bg 1 checksum 5               | group 1: wrong checksum",
                "sif <7> block[DIND] 600           | inode 7",
                "sif d/f7 bmap[0] 964              | is somebody else's, too",
                "sif d/f7 bmap[0] 99999            | leads to block 99999",
                "sif d/f7 bmap[0] 3                | leads to block 3",
            })
    void findsWhatDebugfsDamages(String request, String finding) throws IOException, FileException {
        image.debugfs(request);
        assertFound(finding);
    }

    private void assertFound(String finding) throws IOException, FileException {
        List<String> findings = image.check(MEMORY_BYTES);
        HostTools.Result fsck = E2fsprogs.run("e2fsck", "-fn", image.file());
        assertTrue(fsck.text().lines().count() > 7, fsck.text());
        assertTrue(
                findings.stream().anyMatch(line -> line.contains(finding)),
                () -> findings + "\n" + fsck.text());
    }

    /** With memory for a group at a time. */
    @Test
    void findsTheSameWithLittleMemory() throws IOException, FileException {
        assertEquals(List.of(), image.check(1));
        image.debugfs("sif d/f7 links_count 3", "setb 14000", "freei <20>", "unlink long");
        List<String> findings = image.check(MEMORY_BYTES);
        assertFalse(findings.isEmpty());
        List<String> again = image.check(1);
        assertEquals(findings.stream().sorted().toList(), again.stream().sorted().toList());
    }

    /** Bytes anywhere in what is used: it ends, and mostly it says something. */
    @Test
    void survivesRubbish() throws IOException, FileException {
        byte[] bytes = Files.readAllBytes(image.file());
        Random random = new Random(11);
        int seen = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Descriptors; bitmaps and used inodes; the first directories and files.
            int[] begins = {2048, 131 * 1024, 1160 * 1024};
            int[] lengths = {128, 40 * 1024, 40 * 1024};
            int part = random.nextInt(begins.length);
            int begin = begins[part] + random.nextInt(lengths[part]);
            try (RandomAccessFile file = new RandomAccessFile(image.file().toFile(), "rw")) {
                byte[] rubbish = new byte[16];
                random.nextBytes(rubbish);
                file.seek(begin);
                file.write(rubbish);
            }
            seen += image.check(MEMORY_BYTES).isEmpty() ? 0 : 1;
            Files.write(image.file(), bytes);
        }
        assertTrue(seen > ROUNDS / 4, seen + " of " + ROUNDS);
    }
}
