package dev.cortado.image.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.image.UserError;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are only read. */
final class ReadOnlyDiskTest {
    @TempDir Path directory;
    private Path disk;
    private Path tree;

    @BeforeEach
    void makeTree() throws Exception {
        disk = directory.resolve("conf.img");
        tree = Files.createDirectory(directory.resolve("tree"));
        Files.writeString(tree.resolve("meta-data"), "instance-id: one");
        Files.writeString(Files.createDirectory(tree.resolve("more")).resolve("a.txt"), "text");
    }

    private void make(String type) throws Exception {
        if (type.equals("iso9660")) {
            run("genisoimage", "-quiet", "-R", "-o", disk, tree);
        } else {
            try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
                file.setLength(1 << 20);
            }
            run("mkfs.fat", disk);
            run("mcopy", "-s", "-i", disk, tree.resolve("meta-data"), tree.resolve("more"), "::");
        }
    }

    private static void run(String program, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        for (String place : List.of("/usr/bin/", "/usr/sbin/", "/sbin/")) {
            if (command.isEmpty() && Files.isExecutable(Path.of(place + program))) {
                command.add(place + program);
            }
        }
        assumeTrue(!command.isEmpty(), program + " is not installed");
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertEquals(0, process.waitFor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso9660", "vfat"})
    void filesAreListedAndCopied(String type) throws Exception {
        make(type);
        byte[] before = Files.readAllBytes(disk);
        List<String> lines = new ArrayList<>();
        DiskListing.list(new DiskPath(disk, "/"), 0, false, true, lines::add, lines::add);
        assertEquals(true, lines.containsAll(List.of("meta-data", "more")), lines.toString());
        Path copy = directory.resolve("copy");
        DiskCopy.copy(disk + ":/", copy.toString(), 0, false, lines::add);
        assertEquals("text", Files.readString(copy.resolve("more/a.txt")));
        assertEquals("instance-id: one", Files.readString(copy.resolve("meta-data")));
        UserError refused =
                assertThrows(
                        UserError.class,
                        () -> DiskCopy.copy(copy.toString(), disk + ":/new", 0, false, lines::add));
        assertEquals(
                disk + ": there is " + type + ", which is only read here", refused.getMessage());
        UserError unchecked =
                assertThrows(UserError.class, () -> Ext4Disk.check(disk, 0, lines::add));
        assertEquals(
                disk + ": there is " + type + ", of which no check is known",
                unchecked.getMessage());
        assertArrayEquals(before, Files.readAllBytes(disk));
    }

    /** What is for machines to start from has a table of partitions, and is one file system. */
    @Test
    void partitionsBesideAreNotMeant() throws Exception {
        make("iso9660");
        byte[] bytes = Files.readAllBytes(disk);
        bytes[510] = 0x55;
        bytes[511] = (byte) 0xaa;
        bytes[446 + 4] = 0x17;
        bytes[446 + 8] = 64;
        bytes[446 + 12] = 100;
        Files.write(disk, bytes);
        List<String> lines = new ArrayList<>();
        DiskListing.list(new DiskPath(disk, "/more"), 0, false, false, lines::add, lines::add);
        assertEquals(List.of("a.txt"), lines);
    }

    @Test
    void damageIsTold() throws Exception {
        make("iso9660");
        byte[] bytes = Files.readAllBytes(disk);
        // The root directory's block, in the primary volume descriptor.
        bytes[0x8000 + 156 + 2] = 1;
        Files.write(disk, bytes);
        UserError e =
                assertThrows(
                        UserError.class, () -> MountedDisk.open(disk, 0, true, text -> {}).close());
        assertEquals(
                disk + " is damaged: " + disk + ", at byte 2048: there is no directory",
                e.getMessage());
    }
}
