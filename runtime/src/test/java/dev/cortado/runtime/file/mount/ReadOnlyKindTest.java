package dev.cortado.runtime.file.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.storage.partition.ByteStorage;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks as cloud-init's NoCloud has them, with the file meta-data. */
final class ReadOnlyKindTest {
    @TempDir Path directory;

    private final FileTree tree = new FileTree(new TmpFileSystem(1 << 20, 100, () -> 0), 0);
    private final List<String> log = new ArrayList<>();

    private byte[] disk(String type) throws Exception {
        Path image = directory.resolve("image");
        Path data = Files.writeString(directory.resolve("meta-data"), "instance-id: one");
        if (type.equals(ReadOnlyKind.ISO_9660)) {
            HostTools.output("genisoimage", "-V", "cidata", "-R", "-J", "-o", image, data);
        } else {
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(1 << 20);
            }
            HostTools.output("mkfs.fat", "-n", "CIDATA", image);
            HostTools.output("mcopy", "-i", image, data, "::");
        }
        return Files.readAllBytes(image);
    }

    private void mount(byte[] disk, String spec, FileSystemKind... kinds) throws Exception {
        List<Disk> disks = List.of(new Disk(new ByteStorage("vdb", disk, 512), ""));
        MountPlan plan = new MountPlan(List.of(MountSpec.parse(spec, "the test")));
        new Mounter(tree, disks, List.of(kinds), new MountSet(log::add), log::add).mount(plan);
    }

    private void mount(byte[] disk, String spec) throws Exception {
        mount(disk, spec, ReadOnlyKind.iso9660(), ReadOnlyKind.vfat());
    }

    @ParameterizedTest
    @CsvSource({
        "iso9660, vdb",
        "iso9660, label=cidata",
        "vfat, vdb",
        "vfat, label=CIDATA",
    })
    void itIsMountedToBeRead(String type, String device) throws Exception {
        mount(disk(type), "/conf=" + device + ":" + type + ",noatime");
        byte[] path = "/conf/meta-data".getBytes(StandardCharsets.UTF_8);
        OpenFile file = tree.open(null, path, OpenFlags.READ_ONLY, 0);
        ByteBuffer content = ByteBuffer.allocate(100);
        assertEquals(16, file.read(content));
        assertEquals("instance-id: one", new String(content.array(), 0, 16));
        file.close();
        Fails.with(Errno.EROFS, () -> tree.open(null, path, OpenFlags.WRITE_ONLY, 0));
        Fails.with(Errno.EROFS, () -> tree.unlink(null, path));
        Fails.with(Errno.EROFS, () -> tree.makeDirectory(null, "/conf/new".getBytes(), 0755));
        String line = log.getFirst();
        assertEquals("/conf: " + type + " of vdb", line.substring(0, line.indexOf(',')));
        assertEquals(true, line.endsWith(" used, read-only, by the test"), line);
    }

    /**
     * Where Windows and mlabel write it; there may be none, or an older one, in the boot sector.
     */
    @ParameterizedTest
    @ValueSource(ints = {12, 16, 32})
    void labelsOfVfatAreInTheRootDirectory(int bits) throws Exception {
        Path image = directory.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bits == 32 ? 36 << 20 : 16 << 20);
        }
        HostTools.output("mkfs.fat", "-F", bits, "-s", bits == 12 ? 16 : 1, image);
        HostTools.output("mmd", "-i", image, "::directory with a long name");
        HostTools.output("mlabel", "-i", image, "::ci data");
        byte[] disk = Files.readAllBytes(image);
        int label = bits == 32 ? 71 : 43;
        System.arraycopy("OLD NAME   ".getBytes(), 0, disk, label, 11);
        mount(disk.clone(), "/conf=label=CI DATA:vfat");
        MountException e =
                assertThrows(
                        MountException.class,
                        () -> mount(disk.clone(), "/conf=label=OLD NAME:vfat"));
        assertEquals(
                "/conf: there is no disk label=OLD NAME, only vdb, by the test", e.getMessage());
        HostTools.output("mlabel", "-c", "-i", image, "::");
        byte[] without = Files.readAllBytes(image);
        System.arraycopy("OLD NAME   ".getBytes(), 0, without, label, 11);
        mount(without, "/other=label=OLD NAME:vfat");
    }

    @ParameterizedTest
    @CsvSource({
        "vdb:iso9660,'iso9660 is only read here: leave rw out',rw",
        "vdb:iso9660,'iso9660 has no option \"norock\"',norock",
        "vdb:vfat,vdb has iso9660 on it,ro",
        "vdb:iso9660,grow is for ext4,grow",
    })
    void whatCannotBeIsRefused(String device, String message, String option) throws Exception {
        byte[] disk = disk("iso9660");
        MountException e =
                assertThrows(
                        MountException.class, () -> mount(disk, "/conf=" + device + "," + option));
        assertEquals("/conf: " + message + ", by the test", e.getMessage());
    }

    @Test
    void anImageMayNotHaveIt() {
        MountException e =
                assertThrows(
                        MountException.class,
                        () -> mount(new byte[1 << 20], "/c=vdb:vfat", ReadOnlyKind.iso9660()));
        assertEquals(
                "/c: there is no file system \"vfat\" in this image: build it with --with-disks,"
                        + " by the test",
                e.getMessage());
    }

    /** Marks say what it is, and there is nothing behind them. */
    @ParameterizedTest
    @ValueSource(strings = {"iso9660", "vfat"})
    void marksAreNotEnough(String type) {
        byte[] bytes = new byte[1 << 20];
        int at = type.equals("vfat") ? 54 : 0x8001;
        byte[] mark = (type.equals("vfat") ? "FAT12   " : "CD001").getBytes();
        System.arraycopy(mark, 0, bytes, at, mark.length);
        MountException e = assertThrows(MountException.class, () -> mount(bytes, "/c=vdb:" + type));
        assertEquals("/c: vdb: there is no " + type + " on it, by the test", e.getMessage());
    }
}
