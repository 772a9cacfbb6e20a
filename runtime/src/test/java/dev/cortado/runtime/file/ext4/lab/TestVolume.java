package dev.cortado.runtime.file.ext4.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.ext4.directory.Directory;
import dev.cortado.runtime.file.ext4.directory.FoundNames;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.group.InodeAllocator;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.DirectStore;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file system that mke2fs made, in memory, with just enough above it to have files. */
public final class TestVolume {
    public static final int CREDITS = 600;

    private static final long MEMORY_BYTES = 64 << 20;

    private final byte[] image;
    private final MemoryStorage storage;
    private final DirectStore store;
    private final Geometry geometry;
    private final BlockGroups groups;
    private final BlockAllocator blocks;
    private final InodeAllocator inodes;

    private TestVolume(byte[] image) throws FileException {
        this.image = image;
        storage = MemoryStorage.of(image);
        geometry = Geometry.of(storage);
        store =
                new DirectStore(
                        storage,
                        geometry.blockBytes(),
                        geometry.blocks(),
                        false,
                        MEMORY_BYTES,
                        () -> {});
        groups = BlockGroups.open(geometry, new Superblock(geometry, store), store);
        blocks = new BlockAllocator(groups, true);
        inodes = new InodeAllocator(groups);
    }

    /**
     * @param size as mke2fs understands it, up to a few hundred MB
     * @param options of mke2fs; a journal is never made
     */
    public static TestVolume make(Path directory, String size, String... options)
            throws IOException, FileException {
        return of(Files.readAllBytes(makeFile(directory, size, options)));
    }

    /** The same, in a file. */
    public static Path makeFile(Path directory, String size, String... options) throws IOException {
        Path file = Files.createTempFile(directory, "made", ".image");
        List<Object> arguments = new ArrayList<>(List.of("-q", "-F", "-t", "ext4"));
        arguments.addAll(Arrays.asList(options));
        arguments.addAll(List.of("-O", "^has_journal", file, size));
        E2fsprogs.output("mke2fs", arguments.toArray());
        return file;
    }

    /** Of the bytes of a disk, which it keeps and changes. */
    public static TestVolume of(byte[] image) throws FileException {
        return new TestVolume(image);
    }

    /** The same bytes, with nothing in memory. */
    public TestVolume reopened() throws FileException {
        store.commit(store.transaction());
        return new TestVolume(image);
    }

    /** Writes it to a file, and asks e2fsck. */
    public Path check(Path directory) throws IOException, FileException {
        store.commit(store.transaction());
        Path file = Files.createTempFile(directory, "checked", ".image");
        Files.write(file, image);
        HostTools.Result result = E2fsprogs.run("e2fsck", "-fn", file);
        assertEquals(0, result.exitCode(), result.text());
        // The version, five passes, and a line with counts; Linux leaves such trees, too.
        List<String> said =
                result.text()
                        .lines()
                        .filter(line -> !line.isBlank() && !line.contains("could be narrower"))
                        .toList();
        assertEquals(7, said.size(), result.text());
        return file;
    }

    public byte[] image() {
        return image;
    }

    public DirectStore store() {
        return store;
    }

    public Geometry geometry() {
        return geometry;
    }

    public BlockGroups groups() {
        return groups;
    }

    public BlockAllocator blocks() {
        return blocks;
    }

    public InodeAllocator inodes() {
        return inodes;
    }

    /** Something done in a change, which is undone if it fails. */
    @FunctionalInterface
    public interface Step<T> {
        T run(Change change) throws FileException;
    }

    public <T> T change(Step<T> step) throws FileException {
        try (Change change = store.begin(CREDITS)) {
            T result = step.run(change);
            change.done();
            return result;
        }
    }

    public TestInode inode(long number) {
        return new TestInode(this, number);
    }

    public Directory directory(long number) {
        return new Directory(groups, inode(number), new FoundNames());
    }

    /** Makes an empty file or directory in the root. */
    public TestInode create(String name, FileKind kind, boolean hasExtents) throws FileException {
        return change(change -> {
            boolean isDirectory = kind == FileKind.DIRECTORY;
            long number = inodes.allocate(change, Geometry.ROOT_INODE, isDirectory);
            TestInode inode = inode(number);
            inode.update(
                    change,
                    record -> {
                        record.clear(17 * (int) number);
                        record.setMode(kind.modeBits() | 0755);
                        record.setLinks(isDirectory ? 2 : 1);
                        record.setFlags(hasExtents ? InodeFlag.EXTENTS : 0);
                    });
            inode.map().clear(change);
            if (isDirectory) {
                directory(number).create(change, Geometry.ROOT_INODE);
                inode(Geometry.ROOT_INODE)
                        .update(change, record -> record.setLinks(record.links() + 1));
            }
            directory(Geometry.ROOT_INODE).insert(change, FileName.of(name), number, kind);
            return inode;
        });
    }

    InodeRecord record(long number, ByteBuffer bytes) {
        return new InodeRecord(geometry, number, bytes, groups.inodeOffset(number));
    }
}
