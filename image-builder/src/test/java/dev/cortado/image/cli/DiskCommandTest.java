package dev.cortado.image.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code cortado disk} and its commands; e2fsprogs look at the same disks. */
class DiskCommandTest {
    private static final Instant THEN = Instant.parse("2024-02-29T12:34:56.123456789Z");

    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void makesAnEmptyDisk() throws IOException, InterruptedException {
        Path disk = directory.resolve("data.img");
        run(0, "disk", "create", disk, "100M", "--label", "precious");
        assertEquals(100L << 20, Files.size(disk));
        assertClean(disk);
        String facts = tool("dumpe2fs", "-h", disk);
        assertTrue(facts.contains("precious"), facts);
        assertTrue(facts.contains("has_journal"), facts);
        run(0, "disk", "ls", disk);
        assertEquals("lost+found\n", taken(out));
        fails("there is a file", "disk", "create", disk, "100M");
        run(0, "disk", "create", disk, "10M", "--force");
        assertEquals(10L << 20, Files.size(disk));
    }

    @Test
    void makesABlankDiskInQemusFormat() throws IOException, InterruptedException {
        Path disk = directory.resolve("data.qcow2");
        run(0, "disk", "create", disk, "10G", "--format", "qcow2");
        assertTrue(tool("qemu-img", "info", disk).contains("file format: qcow2"));
        fails("convert", "disk", "ls", disk);
        fails(
                "only a raw disk",
                "disk",
                "create",
                disk,
                "10G",
                "--format",
                "qcow2",
                "--label",
                "x");
        fails("there is a file", "disk", "create", disk, "10G", "--format", "qcow2");
        run(0, "disk", "create", disk, "1G", "--format", "qcow2", "--force");
        assertTrue(tool("qemu-img", "info", disk).contains("1 GiB"));
    }

    @Test
    void fillsADiskAndGivesItBack() throws IOException, InterruptedException {
        Path tree = tree();
        Path disk = directory.resolve("data.img");
        run(0, "disk", "create", disk, "64M", "--from", tree);
        assertClean(disk);
        String stat = tool("debugfs", "-R", "stat /sub/run.sh", disk);
        assertTrue(stat.contains("Mode:  0751"), stat);
        assertTrue(stat.contains("User:     0   Group:     0"), stat);
        assertTrue(stat.contains("2024"), stat);
        assertTrue(tool("debugfs", "-R", "stat /sub/link", disk).contains("\"../big\""));
        assertTrue(tool("debugfs", "-R", "stat /again", disk).contains("Links: 2"));
        Path back = directory.resolve("back");
        run(0, "disk", "cp", disk + ":/", back);
        Tools.run("rm", "-rf", back.resolve("lost+found"));
        Tools.run("diff", "-r", "--no-dereference", tree, back);
        Path script = back.resolve("sub/run.sh");
        assertEquals(
                "rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(script)));
        assertEquals(FileTime.from(THEN), Files.getLastModifiedTime(script));
        assertEquals(FileTime.from(THEN), Files.getLastModifiedTime(back.resolve("sub")));
        assertEquals(
                Files.getAttribute(back.resolve("big"), "unix:ino"),
                Files.getAttribute(back.resolve("again"), "unix:ino"));
        long kibibytes =
                Long.parseLong(
                        Tools.run("du", "-k", back.resolve("hole")).getFirst().split("\t")[0]);
        assertTrue(kibibytes < 1024, kibibytes + " KiB");
    }

    @Test
    void listsFiles() throws IOException {
        Path disk = directory.resolve("data.img");
        run(0, "disk", "create", disk, "64M", "--from", tree());
        run(0, "disk", "ls", "-l", disk + ":/sub");
        String text = taken(out);
        assertTrue(text.contains("-rwxr-x--x   1     0     0         18"), text);
        assertTrue(text.contains("link -> ../big"), text);
        run(0, "disk", "ls", "-R", disk);
        assertTrue(taken(out).endsWith("\n/sub:\nlink\nrun.sh\n\n/x:\ny\n\n/x/y:\nz\n\n/x/y/z:\n"));
        run(0, "disk", "ls", disk + ":/sub/run.sh");
        assertEquals("/sub/run.sh\n", taken(out));
        fails(disk + ":/none: No such file", "disk", "ls", disk + ":/none");
    }

    @Test
    void copiesSingleFiles() throws IOException, InterruptedException {
        Path disk = directory.resolve("data.img");
        run(0, "disk", "create", disk, "20M");
        Path file = Files.writeString(directory.resolve("one.txt"), "one");
        run(0, "disk", "cp", file, disk + ":/");
        run(0, "disk", "cp", file, disk + ":/two.txt");
        Files.writeString(file, "three");
        run(0, "disk", "cp", file, disk + ":/two.txt");
        assertClean(disk);
        Path back = Files.createDirectory(directory.resolve("back"));
        run(0, "disk", "cp", disk + ":/one.txt", back);
        run(0, "disk", "cp", disk + ":/two.txt", back.resolve("new.txt"));
        assertEquals("one", Files.readString(back.resolve("one.txt")));
        assertEquals("three", Files.readString(back.resolve("new.txt")));
        run(0, "disk", "cp", back, disk + ":/");
        run(0, "disk", "ls", disk + ":/back");
        assertEquals("new.txt\none.txt\n", taken(out));
        fails("one of them", "disk", "cp", file, back);
        fails("one of them", "disk", "cp", disk + ":/a", disk + ":/b");
        fails("No such file", "disk", "cp", disk + ":/none", back);
        fails("there is no", "disk", "cp", directory.resolve("none"), disk + ":/");
        fails("No such file", "disk", "cp", file, disk + ":/none/one.txt");
    }

    @Test
    void saysWhenADiskIsFull() throws IOException, InterruptedException {
        Path disk = directory.resolve("data.img");
        byte[] content = new byte[5 << 20];
        new Random(1).nextBytes(content);
        Path file = Files.write(directory.resolve("large"), content);
        Path from = Files.createDirectory(directory.resolve("from"));
        Files.copy(file, from.resolve("large"));
        fails("No space left", "disk", "create", disk, "4M", "--from", from);
        assertFalse(Files.exists(disk));
        try (var files = Files.list(directory)) {
            assertEquals(2, files.count());
        }
        run(0, "disk", "create", disk, "4M");
        fails(disk + ":/large: No space left", "disk", "cp", file, disk + ":/");
        assertClean(disk);
    }

    @Test
    void checks() throws IOException, InterruptedException {
        Path disk = directory.resolve("data.img");
        run(0, "disk", "create", disk, "20M", "--from", tree());
        byte[] before = Files.readAllBytes(disk);
        run(0, "disk", "check", disk);
        assertEquals(disk + ": clean\n", taken(out));
        tool("debugfs", "-w", "-R", "set_inode_field /big links_count 7", disk);
        run(1, "disk", "check", disk);
        String text = taken(out);
        assertTrue(text.contains("2 names, not 7"), text);
        assertTrue(text.endsWith(disk + ": damaged, 1\n"), text);
        Files.write(disk, before);
        tool("debugfs", "-w", "-R", "set_inode_field /sub mode 0", disk);
        run(2, "disk", "ls", disk + ":/sub/link");
        text = taken(err);
        assertTrue(text.startsWith(disk + ": inode 2: names inode "), text);
        assertTrue(text.contains("/sub/link is damaged: cortado disk check says how"), text);
        Files.write(disk, before);
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {99}), 1024 + 0x18);
        }
        run(1, "disk", "check", disk);
        assertTrue(taken(out).contains("superblock"));
        Files.write(disk, new byte[1 << 20]);
        fails("there is no ext4", "disk", "check", disk);
        fails("cannot read the disk", "disk", "check", directory.resolve("none"));
    }

    @Test
    void copiesWhatIsNotDamaged() throws IOException, InterruptedException {
        Path disk = directory.resolve("data.img");
        run(0, "disk", "create", disk, "20M", "--from", tree("a", "bad", "c"));
        tool("debugfs", "-w", "-R", "set_inode_field /bad mode 0", disk);
        Path target = Files.createDirectory(directory.resolve("target"));
        run(1, "disk", "cp", disk + ":/", target);
        String text = taken(err);
        assertTrue(text.contains(disk + ":/bad is damaged: cortado disk check says how"), text);
        assertTrue(text.endsWith("\n1 file was not copied whole; all others were\n"), text);
        assertEquals("a", Files.readString(target.resolve("a")));
        assertEquals("c", Files.readString(target.resolve("c")));
    }

    /** A running guest's disk stays. */
    @Test
    void replacesNoDiskThatIsInUse() throws IOException {
        for (String format : List.of("raw", "qcow2")) {
            Path disk = directory.resolve(format);
            run(0, "disk", "create", disk, "4M", "--format", format);
            byte[] before = Files.readAllBytes(disk);
            try (FileChannel other = FileChannel.open(disk, StandardOpenOption.WRITE);
                    FileLock lock = other.lock(100, 1, false)) {
                assertTrue(lock.isValid());
                fails("is in use", "disk", "create", disk, "8M", "--format", format, "--force");
                assertArrayEquals(before, Files.readAllBytes(disk));
            }
            run(0, "disk", "create", disk, "8M", "--format", format, "--force");
        }
    }

    @Test
    void takesPartitions() throws IOException, InterruptedException {
        Path disk = directory.resolve("disk.img");
        Path part = directory.resolve("part.img");
        Path script =
                Files.writeString(directory.resolve("script"), "label: gpt\nsize=8M\nsize=16M\n");
        run(0, "disk", "create", part, "16M", "--from", tree("a"));
        Files.write(disk, new byte[28 << 20]);
        tool("sh", "-c", "PATH=$PATH:/usr/sbin:/sbin sfdisk -q " + disk + " < " + script);
        long start = (1 << 20) + (8 << 20);
        byte[] content = Files.readAllBytes(part);
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content), start);
        }
        fails("has partitions 1, 2", "disk", "ls", disk);
        fails("has no partition 7; it has 1, 2", "disk", "ls", "--partition", "7", disk);
        run(0, "disk", "ls", "--partition", "2", disk + ":/a");
        run(0, "disk", "check", "--partition", "2", disk);
        taken(out);
        Path file = Files.writeString(directory.resolve("b"), "b");
        run(0, "disk", "cp", "--partition", "2", file, disk + ":/b");
        run(0, "disk", "ls", "--partition", "2", disk);
        assertEquals("a\nb\nlost+found\n", taken(out));
        byte[] after = Files.readAllBytes(disk);
        assertArrayEquals(
                new byte[1 << 20],
                Arrays.copyOfRange(after, 2 << 20, 3 << 20),
                "the other partition");
    }

    /** A guest that died leaves its journal; looking at the disk does not change it. */
    @Test
    void readsWhatIsInTheJournal() throws IOException, InterruptedException {
        Path disk = directory.resolve("data.img");
        run(0, "disk", "create", disk, "16M");
        tool("debugfs", "-w", "-R", "feature needs_recovery", disk);
        byte[] before = Files.readAllBytes(disk);
        run(0, "disk", "ls", disk);
        run(0, "disk", "check", disk);
        assertArrayEquals(before, Files.readAllBytes(disk));
        Path file = Files.writeString(directory.resolve("b"), "b");
        run(0, "disk", "cp", file, disk + ":/b");
        assertClean(disk);
    }

    @Test
    void explainsItself() {
        fails("say what to do", "disk");
        fails("is no size of a disk", "disk", "create", "x.img", "12");
        fails("label", "disk", "create", directory.resolve("x"), "9M", "--label", "x".repeat(17));
        fails("1 MiB", "disk", "create", directory.resolve("x"), "10K");
        Path lost = directory.resolve("none/x");
        fails(
                "the disk " + lost + ": there is no directory " + lost.getParent(),
                "disk",
                "create",
                lost,
                "9M");
        run(0, "disk", "create", "--help");
        run(0, "help", "disk");
    }

    private Path tree(String... names) throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        for (String name : names) {
            Files.writeString(tree.resolve(name), name);
        }
        if (names.length > 0) {
            return tree;
        }
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        Files.write(tree.resolve("big"), content);
        Files.createLink(tree.resolve("again"), tree.resolve("big"));
        Path sub = Files.createDirectory(tree.resolve("sub"));
        Path script = Files.writeString(sub.resolve("run.sh"), "#!/bin/sh\necho yes");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(script, FileTime.from(THEN));
        Files.createSymbolicLink(sub.resolve("link"), Path.of("../big"));
        Files.setLastModifiedTime(sub, FileTime.from(THEN));
        Files.createDirectories(tree.resolve("x/y/z"));
        Files.writeString(tree.resolve("größe"), "");
        try (FileChannel hole =
                FileChannel.open(
                        tree.resolve("hole"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            hole.write(ByteBuffer.wrap(new byte[] {1}), 20_000_000);
        }
        return tree;
    }

    private static void assertClean(Path disk) throws IOException, InterruptedException {
        List<String> lines = List.of(tool("e2fsck", "-fn", disk).split("\n"));
        assertEquals(7, lines.size(), () -> String.join("\n", lines));
    }

    private static String tool(String name, Object... arguments)
            throws IOException, InterruptedException {
        return String.join("\n", Tools.run(name, arguments));
    }

    private void fails(String part, Object... arguments) {
        run(2, arguments);
        String text = taken(err);
        assertEquals(1, text.lines().count(), text);
        assertTrue(text.contains(part), text);
    }

    private static String taken(StringWriter writer) {
        String text = writer.toString();
        writer.getBuffer().setLength(0);
        return text;
    }

    private void run(int exitCode, Object... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        String[] words = new String[arguments.length];
        Arrays.setAll(words, i -> arguments[i].toString());
        assertEquals(exitCode, command.execute(words), err::toString);
    }
}
