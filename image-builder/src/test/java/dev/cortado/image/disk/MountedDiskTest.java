package dev.cortado.image.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedDiskTest {
    @TempDir Path directory;
    private Path disk;

    @BeforeEach
    void make() {
        disk = directory.resolve("data.img");
        Ext4Disk.create(disk, 16 << 20, "", null, false, false, text -> {});
    }

    /** What a guest leaves that died: part of its files is in the journal only. */
    @Test
    void readsADiskThatWasNotUnmounted() throws IOException, FileException {
        Path left = directory.resolve("left.img");
        List<String> damage = new ArrayList<>();
        try (MountedDisk mounted = MountedDisk.open(disk, 0, false, damage::add)) {
            for (int i = 0; i < 20; i++) {
                byte[] name = ("/file" + i).getBytes();
                int flags = OpenFlags.WRITE_ONLY | OpenFlags.CREATE;
                OpenFile file = mounted.tree().open(null, name, flags, 0644);
                file.write(ByteBuffer.allocate(5000));
                file.sync(false);
                file.close();
            }
            Files.copy(disk, left);
        }
        byte[] before = Files.readAllBytes(left);
        List<String> names = new ArrayList<>();
        DiskListing.list(new DiskPath(left, "/"), 0, false, false, names::add, damage::add);
        assertEquals(21, names.size(), names::toString);
        assertEquals(0, Ext4Disk.check(left, 0, damage::add), damage::toString);
        Path back = directory.resolve("file");
        DiskCopy.copy(left + ":/file7", back.toString(), 0, false, damage::add);
        assertEquals(5000, Files.size(back));
        assertArrayEquals(before, Files.readAllBytes(left));
        DiskCopy.copy(back.toString(), left + ":/more", 0, false, text -> {});
        assertEquals(0, Ext4Disk.check(left, 0, damage::add), damage::toString);
        damage.removeIf(line -> line.endsWith("journal: replayed 20"));
        assertEquals(List.of(), damage);
    }

    @Test
    void nobodyElseMayUseIt() throws IOException {
        try (FileChannel other =
                        FileChannel.open(disk, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = other.lock()) {
            assertTrue(lock.isValid());
            UserError error =
                    assertThrows(
                            UserError.class,
                            () -> MountedDisk.open(disk, 0, false, text -> {}).close());
            assertEquals(disk + " is in use: end the guest first", error.getMessage());
        }
        MountedDisk.open(disk, 0, false, text -> {}).close();
    }

    @Test
    void refusesWhatItIsNot() throws IOException {
        Path file = Files.write(directory.resolve("other"), new byte[1 << 20]);
        UserError error =
                assertThrows(
                        UserError.class, () -> MountedDisk.open(file, 0, true, text -> {}).close());
        assertEquals(file + ": no ext4 superblock", error.getMessage());
        Path qcow2 = directory.resolve("a.qcow2");
        EmptyDisk.create(qcow2, DiskFormat.QCOW2, 1 << 20);
        error = assertThrows(UserError.class, () -> FileStorage.open(qcow2, true).close());
        assertTrue(error.getMessage().contains("qemu-img convert"), error.getMessage());
        assertFalse(Files.exists(directory.resolve("none")));
    }

    /** A disk that only says that it has a journal may have one that is longer than memory. */
    @Test
    void aJournalMayBeTooLong() throws FileException {
        try (FileStorage storage = FileStorage.open(disk, true)) {
            OverlayStorage overlay = new OverlayStorage(storage, 3);
            overlay.write(512, ByteBuffer.allocate(3 * 512));
            overlay.write(1024, ByteBuffer.allocate(512));
            FileException e =
                    assertThrows(
                            FileException.class, () -> overlay.write(0, ByteBuffer.allocate(512)));
            assertEquals(
                    disk + ": its journal is too long to be replayed in this memory",
                    DiskFailure.of(disk, e).getMessage());
        }
    }

    @Test
    void parsesPathsOfDisks() {
        assertEquals(new DiskPath(Path.of("a.img"), "/"), DiskPath.parse("a.img"));
        assertEquals(new DiskPath(Path.of("a.img"), "/b:/c"), DiskPath.parse("a.img:/b:/c"));
        assertEquals("c", DiskPath.parse("a.img:/b/c//").name());
        assertEquals("", DiskPath.parse("a.img:/").name());
        assertEquals("a.img:/b/c", DiskPath.parse("a.img:/b").resolve("c").toString());
        assertTrue(DiskPath.isOne("a.img:/x"));
        assertFalse(DiskPath.isOne("a.img:x"));
        assertFalse(DiskPath.isOne("/some/x"));
        assertThrows(UserError.class, () -> DiskPath.parse(":/x"));
    }
}
