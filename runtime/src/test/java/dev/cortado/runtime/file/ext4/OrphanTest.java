package dev.cortado.runtime.file.ext4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that were to be cut or erased when something went wrong. */
final class OrphanTest {
    private static final String NAME = "file";
    private static final String ATTRIBUTE = "user.value";

    /** Enough for some steps of a cut, in groups of 256 blocks, but not for all. */
    private static final int READS = 48;

    private static final long SUPERBLOCK_END = 2048;

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"DEFAULT, true", "ORPHAN_FILE, true", "EXT3, false", "EXT3, true"})
    void whatFailedToBeCutIsCutOrErasedLater(Format format, boolean unlinks) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, 16 << 10, "-g", "256");
        Ext4FileSystem first = image.mount();
        long free = first.statistics().freeBlocks();
        Inode made = first.create(first.root(), FileName.of(NAME), 0600);
        for (int i = 0; i < 12; i++) {
            first.write(made, (long) i << 20, ByteBuffer.allocate(1 << 20));
        }
        first.unmount();

        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.lookup(mounted.root(), FileName.of(NAME));
        AtomicInteger reads = new AtomicInteger();
        image.storage()
                .setFaults((request, at, length) ->
                        request == MemoryStorage.Request.READ && reads.incrementAndGet() > READS);
        Fails.with(Errno.EIO, () -> mounted.truncate(file, 0));
        image.storage().setFaults((request, at, length) -> false);
        assertEquals(0, mounted.attributes(file).size(), "Some steps are done");
        // A second orphan, so that the first one is not the list's first any more.
        Inode other = mounted.create(mounted.root(), FileName.of("other"), 0600);
        mounted.retain(other);
        mounted.unlink(mounted.root(), FileName.of("other"));
        if (unlinks) {
            mounted.retain(file);
            mounted.unlink(mounted.root(), FileName.of(NAME));
        } else {
            mounted.write(file, 0, ByteBuffer.allocate(3000));
            mounted.truncate(file, 1000);
        }
        mounted.syncAll();

        Ext4Image crashed =
                Ext4Image.of(Files.write(directory.resolve("crashed"), image.storage().image()));
        Ext4FileSystem again = crashed.mount();
        assertEquals(free - (unlinks ? 0 : 1), again.statistics().freeBlocks());
        again.unmount();
        crashed.assertClean();
    }

    private static long place(Ext4Image image, String what) throws Exception {
        Matcher place =
                Pattern.compile(what + " at (\\d+)")
                        .matcher(E2fsprogs.output("dumpe2fs", image.save()));
        assertTrue(place.find(), what);
        return Long.parseLong(place.group(1)) * 1024;
    }

    private static void failReads(Ext4Image image, long place) {
        image.storage()
                .setFaults((request, at, length) ->
                        request == MemoryStorage.Request.READ && at == place);
    }

    /** Linux ended while it cut the file, and the mount could not go on with that. */
    @Test
    void aFileWithANameThatIsOnTheListLeavesItWithItsName() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Ext4FileSystem first = image.mount();
        Inode made = first.create(first.root(), FileName.of(NAME), 0600);
        first.write(made, 0, ByteBuffer.allocate(1000));
        first.unmount();
        long number = made.number();
        Path path = image.save();
        E2fsprogs.output("debugfs", "-w", "-R", "set_super_value last_orphan " + number, path);
        E2fsprogs.output("debugfs", "-w", "-R", "set_inode_field <" + number + "> size 0", path);
        image.load();

        failReads(image, place(image, "Block bitmap"));
        Ext4FileSystem mounted = image.mount();
        assertEquals(1, image.told().size(), image.told()::toString);
        failReads(image, -1);
        mounted.unlink(mounted.root(), FileName.of(NAME));
        mounted.syncAll();

        Ext4Image crashed =
                Ext4Image.of(Files.write(directory.resolve("crashed"), image.storage().image()));
        crashed.mount().unmount();
        assertEquals(List.of("memory: journal: replayed 1"), crashed.told());
        crashed.assertClean();
    }

    /** It is told, and the next mount erases it. */
    @Test
    void whatCannotBeErasedHasNoNameNevertheless() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Ext4FileSystem first = image.mount();
        long free = first.statistics().freeFiles();
        first.create(first.root(), FileName.of(NAME), 0600);
        first.unmount();

        Ext4FileSystem mounted = image.mount();
        mounted.lookup(mounted.root(), FileName.of(NAME));
        failReads(image, place(image, "Inode bitmap"));
        mounted.unlink(mounted.root(), FileName.of(NAME));
        Fails.with(Errno.ENOENT, () -> mounted.lookup(mounted.root(), FileName.of(NAME)));
        assertEquals(1, image.told().size(), image.told()::toString);
        failReads(image, -1);
        mounted.unmount();
        Ext4FileSystem again = image.mount();
        assertEquals(free, again.statistics().freeFiles());
        again.unmount();
        image.assertClean();
    }

    @Test
    void listWithoutEndIsToldAndKeepsNothingElseFromTheDisk() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Ext4FileSystem first = image.mount();
        long number = first.create(first.root(), FileName.of(NAME), 0600).number();
        first.unmount();
        Path path = image.save();
        E2fsprogs.output("debugfs", "-w", "-R", "set_super_value last_orphan " + number, path);
        String command = "set_inode_field <%d> dtime @%d".formatted(number, number);
        E2fsprogs.output("debugfs", "-w", "-R", command, path);
        image.load();

        Ext4FileSystem mounted = image.mount();
        assertEquals(List.of("memory: superblock: the list of orphans has no end"), image.told());
        mounted.create(mounted.root(), FileName.of("later"), 0600);
        mounted.unmount();
        Ext4FileSystem again = image.mount(() -> 0, "ro");
        again.lookup(again.root(), FileName.of("later"));
        assertEquals("clean with errors", E2fsprogs.field(image.save(), "Filesystem state"));
    }

    /** As for programs that end with a file open that they have deleted. */
    @ParameterizedTest
    @CsvSource({"DEFAULT", "ORPHAN_FILE", "EXT3"})
    void whatIsRetainedWithoutANameIsErasedByTheUnmount(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, 4096);
        Ext4FileSystem mounted = image.mount();
        long free = mounted.statistics().freeBlocks();
        Inode file = mounted.create(mounted.root(), FileName.of(NAME), 0600);
        mounted.write(file, 0, ByteBuffer.allocate(100_000));
        mounted.retain(file);
        mounted.unlink(mounted.root(), FileName.of(NAME));
        mounted.write(file, 100_000, ByteBuffer.allocate(100_000));
        mounted.unmount();
        mounted.release(file);
        image.assertClean();
        String features = E2fsprogs.field(image.save(), "Filesystem features");
        assertFalse(features.contains("orphan_present"), features);
        assertEquals(free, image.mount().statistics().freeBlocks());
    }

    /** Others go on until nothing can be changed any more: as many as leave no moment without. */
    @Test
    void whatOthersUnlinkDuringAnUnmountIsErasedAsWell() throws Exception {
        for (int i = 0; i < 5; i++) {
            Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
            Ext4FileSystem mounted = image.mount();
            CountDownLatch begun = new CountDownLatch(40);
            List<Thread> others =
                    IntStream.range(0, 4)
                            .mapToObj(n ->
                                    Thread.ofPlatform()
                                            .start(() -> unlinkForEver(mounted, NAME + n, begun)))
                            .toList();
            begun.await();
            mounted.unmount();
            for (Thread other : others) {
                other.join();
            }
            image.assertClean();
        }
    }

    /**
     * One in an inode of its own. The call has succeeded, and those after it have nothing to do
     * with it.
     */
    @Test
    void aValueThatCannotBeErasedIsToldOnce() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.EA_INODE, 4096);
        Path value = Files.write(directory.resolve("value"), new byte[1024]);
        for (String command :
                List.of(
                        "write " + value + ' ' + NAME,
                        "ea_set -f " + value + ' ' + NAME + ' ' + ATTRIBUTE)) {
            E2fsprogs.output("debugfs", "-w", "-R", command, image.path());
        }
        image.load();
        AtomicBoolean isBroken = new AtomicBoolean(true);
        Ext4FileSystem mounted = image.mount();
        long free = mounted.statistics().freeBlocks();
        Inode file = mounted.lookup(mounted.root(), FileName.of(NAME));
        mounted.extendedAttribute(file, ATTRIBUTE.getBytes(UTF_8));
        image.storage()
                .setFaults((request, at, length) ->
                        isBroken.get() && request == MemoryStorage.Request.READ);
        mounted.setExtendedAttribute(file, ATTRIBUTE.getBytes(UTF_8), null);
        assertEquals(1, image.told().size(), image.told().toString());
        isBroken.set(false);
        mounted.setExtendedAttribute(file, ATTRIBUTE.getBytes(UTF_8), new byte[9]);
        assertEquals(1, image.told().size(), image.told().toString());
        mounted.unmount();
        image.assertClean();
        assertEquals(free + 1, image.mount().statistics().freeBlocks());
    }

    private static void unlinkForEver(Ext4FileSystem mounted, String text, CountDownLatch begun) {
        try {
            FileName name = FileName.of(text);
            while (true) {
                Inode file = mounted.create(mounted.root(), name, 0600);
                mounted.retain(file);
                mounted.unlink(mounted.root(), name);
                mounted.write(file, 0, ByteBuffer.allocate(10_000));
                if (begun.getCount() % 2 == 0) {
                    mounted.release(file);
                }
                begun.countDown();
            }
        } catch (FileException e) {
            // It is unmounted, or about to be.
        }
    }

    @ParameterizedTest
    @CsvSource({"DEFAULT, false", "ORPHAN_FILE, true"})
    void whatIsLeftByAnUnmountIsSaidOfTheFileOfOrphansOnly(Format format, boolean isSaid)
            throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, 4096);
        Ext4FileSystem first = image.mount();
        Inode made = first.create(first.root(), FileName.of(NAME), 0600);
        first.write(made, 0, ByteBuffer.allocate(100_000));
        first.unmount();
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.lookup(mounted.root(), FileName.of(NAME));
        mounted.retain(file);
        mounted.unlink(mounted.root(), FileName.of(NAME));
        mounted.syncAll();
        image.storage()
                .setFaults((request, at, length) ->
                        request == MemoryStorage.Request.READ && at >= SUPERBLOCK_END);
        mounted.unmount();
        image.storage().setFaults((request, at, length) -> false);
        String features = E2fsprogs.field(image.save(), "Filesystem features");
        assertEquals(isSaid, features.contains("orphan_present"), features);
        Ext4FileSystem last = image.mount();
        last.unmount();
        image.assertClean();
    }
}
