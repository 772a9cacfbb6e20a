package dev.cortado.runtime.file.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import dev.cortado.runtime.file.ext4.make.FileStorage;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.cache.HeapMemory;
import dev.cortado.runtime.file.storage.partition.ByteStorage;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Ext4KindTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final long TIME = 1_700_000_000_000_000_000L;

    @TempDir Path directory;

    private final FileTree tree = new FileTree(new TmpFileSystem(1 << 20, 100, () -> TIME), 022);
    private final List<String> log = new ArrayList<>();
    private final MountSet mounted = new MountSet(log::add);
    private final Ext4Kind kind =
            new Ext4Kind(
                    8 * MEBIBYTE,
                    pageBytes -> new HeapMemory(pageBytes, 8 * MEBIBYTE),
                    () -> TIME,
                    new Random(1)::nextBytes,
                    log::add,
                    why -> {
                        throw new AssertionError(why);
                    });

    private void mount(Storage disk, String spec) throws Exception {
        MountPlan plan = new MountPlan(List.of(MountSpec.parse(spec, "the test")));
        new Mounter(tree, List.of(new Disk(disk, "S1")), List.of(kind), mounted, log::add)
                .mount(plan);
    }

    private void write(String path, String text) throws Exception {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        OpenFile file = tree.open(null, bytes, OpenFlags.WRITE_ONLY | OpenFlags.CREATE, 0644);
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        file.close();
    }

    @Test
    void aBlankDiskBecomesAFileSystemThatOthersRead() throws Exception {
        Path image = directory.resolve("disk");
        try (FileStorage disk = FileStorage.of(image, 32 * MEBIBYTE)) {
            String name = disk.name();
            mount(disk, "/data=" + name + ":ext4,format-if-blank,noatime");
            assertTrue(log.get(0).endsWith(" was blank, and has a new file system"), log.get(0));
            assertTrue(log.get(1).startsWith("/data: ext4 of " + name + " (serial S1), "));
            write("/data/file", "kept");
            mounted.commit();
            write("/data/other", "also");
            mounted.unmount();
        }
        E2fsprogs.assertClean(image);
        assertTrue(E2fsprogs.debugfs(image, "cat /file").contains("kept"));
        assertTrue(E2fsprogs.debugfs(image, "cat /other").contains("also"));
    }

    /** Whose bytes nobody can write: it is mounted all the same. */
    @Test
    void aReadOnlyDiskIsMountedToBeRead() throws Exception {
        byte[] bytes = new byte[(int) (16 * MEBIBYTE)];
        kind.format(new ByteStorage("vda", bytes, 512));
        mount(new ByteStorage("vda", bytes, 512).readOnly(), "/data=vda:ext4");
        assertTrue(log.getLast().endsWith(" used, read-only, by the test"), log.getLast());
        mounted.unmount();
    }

    @Test
    void twoFileSystemsHaveNamesOfTheirOwn() throws Exception {
        byte[] one = new byte[(int) (4 * MEBIBYTE)];
        byte[] other = new byte[(int) (4 * MEBIBYTE)];
        kind.format(new ByteStorage("vda", one, 512));
        kind.format(new ByteStorage("vdb", other, 512));
        String uuid = Contents.of(new ByteStorage("vda", one, 512)).uuid();
        assertTrue(uuid.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].*"), uuid);
        assertTrue(!uuid.equals(Contents.of(new ByteStorage("vdb", other, 512)).uuid()));
    }

    private String refusal(Storage disk, String spec) {
        return assertThrows(MountException.class, () -> mount(disk, spec)).getMessage();
    }

    @Test
    void whatIsRefusedIsSaid() throws Exception {
        byte[] bytes = new byte[(int) (4 * MEBIBYTE)];
        ByteStorage disk = new ByteStorage("vda", bytes, 512);
        kind.format(disk);
        assertEquals(
                "/data: mount option data=journal is not supported, by the test",
                refusal(disk, "/data=vda:ext4,data=journal"));
        assertEquals(
                "/data: no file system can be made: vda: 65536 bytes are too few, it takes 1 MiB,"
                        + " by the test",
                refusal(
                        new ByteStorage("vda", new byte[64 << 10], 512),
                        "/data=vda:ext4,format-if-blank"));
    }

    @Test
    void aFileSystemHasAllOfADiskThatHasGrown() throws Exception {
        Path image = directory.resolve("disk");
        try (FileStorage disk = FileStorage.of(image, 16 * MEBIBYTE)) {
            kind.format(disk);
        }
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(64 * MEBIBYTE);
        }
        try (FileStorage disk = FileStorage.of(image, 64 * MEBIBYTE)) {
            mount(disk, "/data=" + disk.name() + ":ext4,grow");
            assertTrue(log.get(0).startsWith("/data: the file system was grown to "), log.get(0));
            mounted.unmount();
        }
        E2fsprogs.assertClean(image);
        assertEquals("65536", E2fsprogs.field(image, "Block count"));
    }
}
