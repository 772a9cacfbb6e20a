package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.TreeListing;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.journal.FastCommitBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** An ext4 with some files, behind whose log fast commits are put. */
final class FastCommitImage {
    static final int BLOCK_BYTES = 1024;
    static final int TRANSACTION = 77;
    static final long TIME = 1_600_000_000_000_000_000L;

    /** In the second half of the disk, where no file of the tests has been. */
    static final long FREE_BLOCK = 7000;

    private static final int KIBIBYTES = 8192;

    private final Path directory;
    private final Path path;
    private final byte[] bytes;

    /** Where its superblock is. */
    private final int journal;

    /** One block behind the log, in one piece. */
    private final int area;

    FastCommitImage(Path directory, Object... options) throws Exception {
        this.directory = directory;
        path = directory.resolve("base.img");
        Files.deleteIfExists(path);
        Object[] first = {
            "-q", "-F", "-t", "ext4", "-b", BLOCK_BYTES, "-O", "fast_commit", "-J", "size=1"
        };
        Object[] arguments = new Object[first.length + options.length + 2];
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(options, 0, arguments, first.length, options.length);
        arguments[arguments.length - 2] = path;
        arguments[arguments.length - 1] = KIBIBYTES + "k";
        E2fsprogs.output("mke2fs", arguments);
        Ext4Image image = Ext4Image.of(path);
        Ext4FileSystem mounted = image.mount(() -> TIME, "");
        for (int file = 0; file < 8; file++) {
            Inode inode = mounted.create(mounted.root(), FileName.of("file" + file), 0644);
            byte[] content = new byte[file * 3000];
            Arrays.fill(content, (byte) ('a' + file));
            mounted.write(inode, 0, ByteBuffer.wrap(content));
        }
        Inode holes = mounted.create(mounted.root(), FileName.of("holes"), 0600);
        for (int part = 0; part < 4; part++) {
            mounted.write(holes, part * 20 * BLOCK_BYTES, ByteBuffer.allocate(10 * BLOCK_BYTES));
        }
        Inode below = mounted.makeDirectory(mounted.root(), FileName.of("directory"), 0755);
        mounted.makeDirectory(below, FileName.of("empty"), 0755);
        mounted.unmount();
        image.save();
        bytes = Files.readAllBytes(path);
        journal = place(0);
        ByteBuffer superblock = ByteBuffer.wrap(bytes, journal, BLOCK_BYTES).slice();
        area = place(superblock.getInt(0x10) - superblock.getInt(0x54) + 1);
    }

    /** The first block that is free. */
    long freeBlock() throws Exception {
        return Long.parseLong(
                E2fsprogs.debugfs(path, "ffb 1").replaceAll("(?s).*found: (\\d+).*", "$1"));
    }

    /** The number of a file's inode. */
    long number(String name) throws Exception {
        return Long.parseLong(
                E2fsprogs.debugfs(path, "stat /" + name)
                        .replaceAll("(?s).*?Inode: (\\d+).*", "$1"));
    }

    /** The bytes of an inode that fast commits have: with those that are used behind 128. */
    ByteBuffer inode(String name) throws Exception {
        Ext4Image image = Ext4Image.of(path);
        Ext4FileSystem mounted = image.mount(() -> TIME, "ro,noload");
        Inode found =
                name.contains("/")
                        ? mounted.lookup(
                                mounted.lookup(
                                        mounted.root(),
                                        FileName.of(name.substring(0, name.indexOf('/')))),
                                FileName.of(name.substring(name.indexOf('/') + 1)))
                        : mounted.lookup(mounted.root(), FileName.of(name));
        InodeRecord inode = ((Ext4Inode) found).stored().record();
        byte[] raw = new byte[128 + inode.extraBytes()];
        inode.bytes().get(inode.offset(), raw);
        return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What an inode that was just made has. */
    static ByteBuffer newInode(int mode, int links, int size) {
        ByteBuffer raw = ByteBuffer.allocate(160).order(ByteOrder.LITTLE_ENDIAN);
        raw.putShort(0, (short) mode).putInt(4, size).putShort(0x1a, (short) links);
        raw.putInt(8, 1_650_000_000).putInt(0xc, 1_650_000_001).putInt(0x10, 1_650_000_002);
        raw.putInt(0x20, 0x80000).putInt(0x64, 4711).putShort(0x80, (short) 32);
        return raw;
    }

    /** Puts bytes into a block of the disk. */
    void fill(long block, int value) {
        fill(block, value, BLOCK_BYTES);
    }

    /** Puts some bytes into a block of the disk, and zeros behind them. */
    void fill(long block, int value, int count) {
        int at = (int) block * BLOCK_BYTES;
        Arrays.fill(bytes, at, at + count, (byte) value);
        Arrays.fill(bytes, at + count, at + BLOCK_BYTES, (byte) 0);
    }

    FastCommitBytes commits() {
        return new FastCommitBytes(BLOCK_BYTES, TRANSACTION, 0);
    }

    /** The image with these behind a log that is empty, to be replayed. */
    byte[] bytesWith(FastCommitBytes commits) {
        byte[] image = bytes.clone();
        ByteBuffer numbers = ByteBuffer.wrap(image);
        numbers.putInt(journal + 0x28, numbers.getInt(journal + 0x28) | 0x20);
        numbers.putInt(journal + 0x18, TRANSACTION).putInt(journal + 0x1c, 1);
        if ((numbers.getInt(journal + 0x28) & 0x18) != 0) {
            numbers.putInt(journal + 0xfc, 0);
            numbers.putInt(journal + 0xfc, Crc32c.update(~0, numbers, journal, 1024));
        }
        byte[] fast = commits.bytes();
        System.arraycopy(fast, 0, image, area, fast.length);
        ByteBuffer all = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        all.putInt(1024 + 0x60, all.getInt(1024 + 0x60) | 4);
        if ((all.getInt(1024 + 0x64) & 0x400) != 0) {
            all.putInt(1024 + 0x3fc, Crc32c.update(~0, all, 1024, 0x3fc));
        }
        return image;
    }

    private Path with(FastCommitBytes commits) throws Exception {
        return Files.write(directory.resolve("fast.img"), bytesWith(commits));
    }

    private int place(int block) {
        String said = E2fsprogs.debugfs(path, "bmap <8> " + block);
        return said.lines()
                .filter(line -> line.matches("\\d+"))
                .mapToInt(line -> Integer.parseInt(line) * BLOCK_BYTES)
                .findFirst()
                .orElseThrow();
    }

    /** The tree after a replay by Linux's tool, which mends what it has left out. */
    Map<String, String> afterE2fsck(FastCommitBytes commits) throws Exception {
        Path image = with(commits);
        HostTools.Result result = E2fsprogs.run("e2fsck", "-fy", image);
        assertEquals(true, result.exitCode() <= 1, result.text());
        assertEquals(true, result.text().contains("recovering journal"), result.text());
        return TreeListing.of(Ext4Image.of(image).mount(() -> TIME, "ro"), true, 1);
    }

    /** The tree after a replay here, after which e2fsck has nothing to say. */
    Map<String, String> replayed(FastCommitBytes commits) throws Exception {
        Ext4Image image = Ext4Image.of(with(commits));
        Ext4FileSystem mounted = image.mount(() -> TIME, "");
        Map<String, String> tree = TreeListing.of(mounted, true, 1);
        mounted.unmount();
        image.assertClean();
        Map<String, String> again = TreeListing.of(image.mount(() -> TIME, "ro"), true, 1);
        assertEquals(tree, again);
        return tree;
    }
}
