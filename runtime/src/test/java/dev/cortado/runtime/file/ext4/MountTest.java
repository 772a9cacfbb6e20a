package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is mounted and what is refused, what the superblock says then, and what damage does. */
final class MountTest {
    private static final long TIME = 1_700_000_000_000_000_000L;
    private static final int KIBIBYTES = 4096;

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "-O encrypt, feature encrypt",
        "-O casefold, feature casefold",
        "-O mmp, feature mmp only",
        "-O bigalloc, feature bigalloc only",
        "-O quota, feature quota only",
        "'-O quota,project', feature quota only",
        "-O verity, feature verity only"
    })
    void featureThatIsNotSupportedIsNamed(String options, String reason) throws Exception {
        Path path = directory.resolve("image");
        List<Object> arguments = new ArrayList<>(List.of("-q", "-F", "-t", "ext4"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of(path, "8m"));
        E2fsprogs.output("mke2fs", arguments.toArray());
        Ext4Image image = Ext4Image.of(path);
        FileException refused = assertThrows(FileException.class, image::mount);
        assertEquals(Errno.EINVAL, refused.errno());
        assertTrue(refused.getMessage().startsWith("memory: "), refused.getMessage());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
        if (reason.endsWith("only")) {
            Ext4FileSystem mounted = image.mount(() -> TIME, "ro");
            mounted.lookup(mounted.root(), FileName.of("lost+found"));
            Fails.with(Errno.EROFS, () -> mounted.create(mounted.root(), FileName.of("a"), 0600));
        }
    }

    /**
     * What is at an offset of the superblock, which has no checksum here, and what it is called.
     */
    @ParameterizedTest
    @CsvSource({
        "0x00, 0x12345678, number of inodes",
        "0x04, 0x00200000, blocks on a device",
        "0x04, 0, number of blocks",
        "0x14, 7, first data block",
        "0x18, 60, block size",
        "0x1C, 5, cluster size",
        "0x20, 0, blocks per group",
        "0x20, 0x10000, blocks per group",
        "0x28, 3, inodes per group",
        "0x38, 0, no ext4 superblock",
        "0x4C, 2, revision",
        "0x54, 3, first inode",
        "0x58, 100, inode size",
        "0x60, 0x40000042, incompat 0x40000000",
        "0xE0, 0xFFFFFF, file system's own use",
        "0xFC, 0x00400111, hash version",
        "0xFC, 0x00400104, hash version",
        "0xCE, 0xFFFF, reserved descriptor blocks"
    })
    void numberThatCannotBeIsNamed(String offset, String value, String reason) throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.WITHOUT_CHECKSUMS, KIBIBYTES);
        byte[] bytes = image.storage().image();
        for (int i = 0; i < 4; i++) {
            bytes[1024 + Integer.decode(offset) + i] = (byte) (Long.decode(value) >>> 8 * i);
        }
        FileException refused =
                assertThrows(
                        FileException.class,
                        () ->
                                Ext4FileSystem.mount(
                                        MemoryStorage.of(bytes), MountOptions.of(() -> TIME)));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void unknownFeatureForWritingIsNoneForReading() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.WITHOUT_CHECKSUMS, KIBIBYTES);
        byte[] bytes = image.storage().image();
        bytes[1024 + 0x67] |= 0x40;
        MemoryStorage storage = MemoryStorage.of(bytes);
        MountOptions options = MountOptions.of(() -> TIME);
        FileException refused =
                assertThrows(FileException.class, () -> Ext4FileSystem.mount(storage, options));
        assertTrue(refused.getMessage().contains("ro_compat 0x40000000"), refused.getMessage());
        assertTrue(Ext4FileSystem.mount(storage, options.with("ro")).isReadOnly());
    }

    @Test
    void wrongChecksumOfSuperblock() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, KIBIBYTES);
        byte[] bytes = image.storage().image();
        bytes[1024 + 0x88]++;
        FileException refused =
                assertThrows(
                        FileException.class,
                        () ->
                                Ext4FileSystem.mount(
                                        MemoryStorage.of(bytes), MountOptions.of(() -> TIME)));
        assertEquals("memory: superblock: wrong checksum: Invalid argument", refused.getMessage());
    }

    /** As in the fstab of a Linux. */
    @Test
    void whatIsSoAnywayMayBeSaid() throws Exception {
        MountOptions options = MountOptions.of(() -> 0);
        assertEquals(
                options,
                options.with(
                        "defaults,nosuid,nodev,noexec,async,acl,user_xattr,data=writeback,"
                                + "barrier=1,barrier,delalloc,nodelalloc,nodiscard"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data=journal", "errors=explode", "usrquota", "rO"})
    void optionThatIsNotSupportedIsNamed(String option) {
        MountOptions options = MountOptions.of(() -> TIME);
        FileException refused =
                assertThrows(FileException.class, () -> options.with("noatime," + option));
        assertTrue(refused.getMessage().contains(" " + option + " "), refused.getMessage());
    }

    @Test
    void largeSectors() throws Exception {
        Ext4FileSystem mounted = withLargeSectors(Format.BLOCKS_4K);
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0600);
        mounted.write(file, 4000, ByteBuffer.allocate(5000));
        mounted.unmount();
        FileException refused =
                assertThrows(FileException.class, () -> withLargeSectors(Format.DEFAULT));
        assertTrue(refused.getMessage().contains("sectors of 4096"), refused.getMessage());
    }

    private Ext4FileSystem withLargeSectors(Format format) throws Exception {
        byte[] image = Ext4Image.make(directory, format, 8 * 1024).storage().image();
        MemoryStorage storage = new MemoryStorage(image.length, 4096);
        storage.write(0, ByteBuffer.wrap(image));
        return Ext4FileSystem.mount(storage, MountOptions.of(() -> TIME));
    }

    @Test
    void superblockTellsOfMounts() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, KIBIBYTES);
        Ext4FileSystem mounted =
                Ext4FileSystem.mount(image.storage(), MountOptions.of(() -> TIME).at("/srv/data"));
        assertTrue(field(image, "Filesystem features").contains("needs_recovery"));
        mounted.create(mounted.root(), FileName.of("a"), 0600);
        mounted.unmount();
        assertFalse(field(image, "Filesystem features").contains("needs_recovery"));
        assertEquals("/srv/data", field(image, "Last mounted on"));
        assertEquals("Tue Nov 14 22:13:20 2023", field(image, "Last mount time"));
        assertEquals("Tue Nov 14 22:13:20 2023", field(image, "Last write time"));
        assertEquals("1", field(image, "Mount count"));
        assertEquals("clean", field(image, "Filesystem state"));
        Fails.with(Errno.EROFS, () -> mounted.create(mounted.root(), FileName.of("b"), 0600));
    }

    private static String field(Ext4Image image, String name) throws Exception {
        return E2fsprogs.field(image.save(), name);
    }

    @Test
    void withoutJournalTheStateTells() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.WITHOUT_JOURNAL, KIBIBYTES);
        Ext4FileSystem mounted = image.mount();
        assertEquals("not clean", field(image, "Filesystem state"));
        mounted.unmount();
        assertEquals("clean", field(image, "Filesystem state"));
    }

    @Test
    void withoutJournalWhatWasNotUnmountedStaysToBeChecked() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.WITHOUT_JOURNAL, KIBIBYTES);
        image.mount();
        Ext4Image crashed =
                Ext4Image.of(Files.write(directory.resolve("crashed"), image.storage().image()));
        crashed.mount().unmount();
        assertEquals("not clean", field(crashed, "Filesystem state"));
        assertEquals(List.of("memory: was not unmounted, e2fsck should be run"), crashed.told());
    }

    @Test
    void readOnlyMountReplaysUnlessTold() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, KIBIBYTES);
        Ext4FileSystem left = image.mount();
        left.create(left.root(), FileName.of("a"), 0600);
        left.syncAll();
        byte[] crashed = image.storage().image();
        MemoryStorage storage = MemoryStorage.of(crashed.clone());
        storage.setReadOnly(true);
        MountOptions options = MountOptions.of(() -> TIME);
        Fails.with(Errno.EROFS, () -> Ext4FileSystem.mount(storage, options));
        Fails.with(Errno.EROFS, () -> Ext4FileSystem.mount(storage, options.with("ro")));
        Ext4FileSystem old = Ext4FileSystem.mount(storage, options.with("ro,noload"));
        Fails.with(Errno.ENOENT, () -> old.lookup(old.root(), FileName.of("a")));
        storage.setReadOnly(false);
        Ext4FileSystem replayed = Ext4FileSystem.mount(storage, options.with("ro"));
        replayed.lookup(replayed.root(), FileName.of("a"));
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "ORPHAN_FILE", "WITHOUT_JOURNAL", "EXT3"})
    void fileWithoutNameIsErasedByTheNextMount(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, KIBIBYTES);
        Ext4FileSystem left = image.mount();
        long free = left.statistics().freeBlocks();
        List<Inode> nameless = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            FileName name = FileName.of("file" + i);
            Inode file = left.create(left.root(), name, 0600);
            left.write(file, 0, ByteBuffer.allocate(100_000));
            left.retain(file);
            left.unlink(left.root(), name);
            nameless.add(file);
        }
        left.release(nameless.get(2));
        left.release(nameless.get(0));
        assertEquals(0, left.attributes(nameless.get(1)).links());
        assertEquals(10, left.read(nameless.get(1), 0, ByteBuffer.allocate(10)));
        Fails.with(Errno.ENOENT, () -> left.retain(nameless.get(0)));
        left.syncAll();
        Ext4Image crashed =
                Ext4Image.of(Files.write(directory.resolve("crashed"), image.storage().image()));
        Ext4FileSystem mounted = crashed.mount();
        assertEquals(free, mounted.statistics().freeBlocks());
        mounted.unmount();
        crashed.assertClean();
    }

    @ParameterizedTest
    @CsvSource({"continue, false", "remount-ro, true", "panic, true"})
    void damageIsToldAndDoesWhatIsAskedFor(String behaviour, boolean ends) throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, KIBIBYTES);
        Ext4FileSystem first = image.mount();
        Inode in = first.makeDirectory(first.root(), FileName.of("d"), 0700);
        first.create(in, FileName.of("file"), 0600);
        long number = in.number();
        first.unmount();
        // The second entry's length, so that the block's checksum is wrong as well.
        Path path = image.save();
        E2fsprogs.output("debugfs", "-w", "-R", "set_inode_field /d block[0] 1", path);
        E2fsprogs.output("tune2fs", "-e", behaviour, path);
        E2fsprogs.output("debugfs", "-w", "-R", "set_inode_field /d block[2] 0", path);
        image.load();
        List<String> told = new ArrayList<>();
        List<String> panics = new ArrayList<>();
        Ext4FileSystem mounted =
                Ext4FileSystem.mount(
                        image.storage(),
                        MountOptions.of(() -> TIME).telling(told::add, panics::add));
        Inode damaged = mounted.lookup(mounted.root(), FileName.of("d"));
        Fails.with(Errno.EUCLEAN, () -> mounted.lookup(damaged, FileName.of("file")));
        assertEquals(1, told.size());
        assertTrue(told.getFirst().startsWith("memory: inode " + number), told.getFirst());
        assertEquals(behaviour.equals("panic") ? told : List.of(), panics);
        assertEquals(ends, mounted.isReadOnly());
        if (ends) {
            Fails.with(Errno.EROFS, () -> mounted.create(mounted.root(), FileName.of("a"), 0600));
        } else {
            mounted.create(mounted.root(), FileName.of("a"), 0600);
        }
        mounted.unmount();
        assertEquals("clean with errors", field(image, "Filesystem state"));
        assertEquals("1", field(image, "FS Error count"));
        assertEquals(Long.toString(number), field(image, "First error inode #"));
    }

    @Test
    void damageFoundAfterUnmountIsOnlyTold() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, KIBIBYTES);
        Ext4FileSystem first = image.mount();
        first.makeDirectory(first.root(), FileName.of("d"), 0700);
        first.unmount();
        Path path = image.save();
        E2fsprogs.output("debugfs", "-w", "-R", "set_inode_field /d block[0] 1", path);
        image.load();
        Ext4FileSystem mounted = image.mount(() -> TIME, "errors=remount-ro");
        Inode damaged = mounted.lookup(mounted.root(), FileName.of("d"));
        mounted.unmount();
        long writes = image.storage().writes();
        Fails.with(Errno.EUCLEAN, () -> mounted.lookup(damaged, FileName.of("file")));
        assertEquals(1, image.told().size());
        assertEquals(writes, image.storage().writes());
    }

    @Test
    void journalThatEndsLeavesTheFilesToBeRead() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, KIBIBYTES);
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.create(mounted.root(), FileName.of("a"), 0600);
        mounted.syncAll();
        mounted.create(mounted.root(), FileName.of("b"), 0600);
        image.storage().setFaults((request, at, length) -> request == MemoryStorage.Request.FLUSH);
        Fails.with(Errno.EIO, mounted::syncAll);
        image.storage().setFaults((request, at, length) -> false);
        assertTrue(mounted.isReadOnly());
        Fails.with(Errno.EROFS, () -> mounted.sync(file, false));
        mounted.lookup(mounted.root(), FileName.of("a"));
        mounted.unmount();
        Ext4FileSystem again = image.mount();
        again.lookup(again.root(), FileName.of("a"));
        again.unmount();
        assertEquals("clean with errors", field(image, "Filesystem state"));
    }
}
