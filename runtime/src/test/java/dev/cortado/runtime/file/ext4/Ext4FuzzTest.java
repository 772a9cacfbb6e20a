package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is on the disk, nothing happens but a {@link FileException}, and that soon. Scaled by
 * {@code cortado.ext4.fuzz}.
 */
final class Ext4FuzzTest {
    private static final int IMAGES = Integer.getInteger("cortado.ext4.fuzz", 12);
    private static final long SEED = Long.getLong("cortado.ext4.seed", 1);
    private static final long TIME = 1_700_000_000_000_000_000L;
    private static final int MOST_CHANGES = 6;
    private static final int MOST_ENTRIES = 300;

    @TempDir Path directory;

    private int entries;

    @ParameterizedTest
    @EnumSource(
            names = {
                "DEFAULT",
                "EXT2",
                "INLINE_DATA",
                "WITHOUT_CHECKSUMS",
                "ORPHAN_FILE",
                "META_BG",
                "EXT2_OLD"
            })
    void nothingButErrors(Format format) throws Exception {
        byte[] valid = valid(format);
        int[] used = IntStream.range(0, valid.length).filter(at -> valid[at] != 0).toArray();
        for (int image = 0; image < IMAGES; image++) {
            long seed = SEED * 1_000_003 + image;
            Random random = new Random(seed);
            byte[] damaged = valid.clone();
            for (int i = random.nextInt(MOST_CHANGES) + 1; i > 0; i--) {
                int near = used[random.nextInt(used.length)] + random.nextInt(5) - 2;
                int value = random.nextInt(4);
                damaged[Math.clamp(near, 0, valid.length - 1)] =
                        (byte) (value == 0 ? 0 : value == 1 ? 0xFF : random.nextInt(256));
            }
            try {
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> use(MemoryStorage.of(damaged)));
            } catch (Throwable e) {
                throw new AssertionError(format + ", image " + image, e);
            }
        }
    }

    /** A disk that fails now and then: what a mount finds after that is in order. */
    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "EXT3", "INLINE_DATA", "ORPHAN_FILE"})
    void diskThatFails(Format format) throws Exception {
        byte[] valid = valid(format);
        for (int life = 0; life < Math.max(IMAGES / 3, 1); life++) {
            Random random = new Random(SEED * 1_000_003 + life);
            MemoryStorage storage = MemoryStorage.of(valid.clone());
            boolean failsWriting = life % 2 == 0;
            int rarely = 20 + random.nextInt(400);
            storage.setFaults((request, position, length) ->
                    (failsWriting || request == MemoryStorage.Request.READ)
                            && random.nextInt(rarely) == 0);
            use(storage);
            Path path = Files.write(directory.resolve("failed.img"), storage.image());
            Ext4Image image = Ext4Image.of(path);
            image.mount().unmount();
            try {
                image.assertClean();
            } catch (AssertionError e) {
                throw new AssertionError(format + ", life " + life, e);
            }
        }
    }

    /** An image with something of everything, whose files have no bytes but zeros. */
    private byte[] valid(Format format) throws Exception {
        Object[] options =
                format == Format.EXT2_OLD
                        ? new Object[] {"-N", "128"}
                        : new Object[] {
                            "-N", "128", "-E", "hash_seed=12345678-1234-1234-1234-123456789abc"
                        };
        Ext4Image image = Ext4Image.make(directory, format, 2048, options);
        Ext4FileSystem mounted = image.mount(() -> TIME, "");
        Random random = new Random(5);
        Inode root = mounted.root();
        Inode large = mounted.makeDirectory(root, FileName.of("large"), 0755);
        for (int i = 0; i < 60; i++) {
            FileName name = FileName.of("file" + i + "x".repeat(i * 3));
            Inode file = mounted.create(i % 4 == 0 ? large : root, name, 0644);
            for (int part = 0; part < i % 7; part++) {
                mounted.write(file, random.nextInt(60_000), ByteBuffer.allocate(1200));
            }
            if (format != Format.EXT2_OLD) {
                byte[] value = new byte[i * 10];
                mounted.setExtendedAttribute(file, "user.x".getBytes(), value);
            }
        }
        mounted.makeSymbolicLink(root, FileName.of("short"), new byte[] {'a'});
        mounted.makeSymbolicLink(root, FileName.of("long"), "a".repeat(100).getBytes());
        Inode nameless = mounted.lookup(large, FileName.of("file0"));
        mounted.retain(nameless);
        mounted.unlink(large, FileName.of("file0"));
        mounted.unmount();
        return image.storage().image();
    }

    private void use(MemoryStorage storage) {
        Ext4FileSystem mounted;
        try {
            mounted =
                    Ext4FileSystem.mount(
                            storage, MountOptions.of(() -> TIME).telling(text -> {}, text -> {}));
        } catch (FileException e) {
            return;
        }
        entries = 0;
        List<Inode> directories = new ArrayList<>(List.of(mounted.root()));
        Set<Long> seen = new HashSet<>();
        while (!directories.isEmpty()) {
            Inode next = directories.removeLast();
            if (seen.add(next.number())) {
                tryAll(mounted, next, directories);
            }
        }
        attempt(mounted::syncAll);
        attempt(mounted::unmount);
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws FileException;
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (FileException e) {
            // As it should be.
        }
    }

    private void tryAll(Ext4FileSystem mounted, Inode in, List<Inode> directories) {
        attempt(() -> {
            DirectoryEntry entry = mounted.nextEntry(in, DirectoryEntry.START);
            while (entry != null && entries++ < MOST_ENTRIES) {
                FileName name = entry.name();
                attempt(() -> tryFile(mounted, in, name, directories));
                entry = mounted.nextEntry(in, entry.cookie());
            }
        });
        attempt(() -> mounted.parent(in));
        attempt(() -> tryChanges(mounted, in));
    }

    private static void tryFile(
            Ext4FileSystem mounted, Inode in, FileName name, List<Inode> directories)
            throws FileException {
        Inode inode = mounted.lookup(in, name);
        attempt(() -> mounted.attributes(inode));
        attempt(() -> mounted.extendedAttributes(inode));
        byte[] attribute = "user.x".getBytes(StandardCharsets.UTF_8);
        attempt(() -> mounted.extendedAttribute(inode, attribute));
        attempt(() -> mounted.setExtendedAttribute(inode, attribute, new byte[100]));
        attempt(() -> mounted.setAttributes(inode, AttributeChange.ofPermissions(0600)));
        switch (inode.kind()) {
            case DIRECTORY -> directories.add(inode);
            case SYMBOLIC_LINK -> attempt(() -> mounted.readLink(inode));
            case REGULAR -> {
                attempt(() -> mounted.read(inode, 0, ByteBuffer.allocate(80_000)));
                attempt(() -> mounted.write(inode, 3000, ByteBuffer.allocate(5000)));
                attempt(() -> mounted.truncate(inode, name.length() * 50L));
                attempt(() -> mounted.sync(inode, true));
            }
            default -> {}
        }
        if (name.length() % 2 == 0) {
            attempt(() ->
                    mounted.rename(in, name, mounted.root(), FileName.of("to" + name.length())));
        } else if (!inode.isDirectory()) {
            attempt(() -> mounted.unlink(in, name));
        }
    }

    private static void tryChanges(Ext4FileSystem mounted, Inode in) throws FileException {
        for (int i = 0; i < 5; i++) {
            FileName name = FileName.of("new" + i);
            attempt(() -> mounted.makeDirectory(in, FileName.of("d" + name), 0700));
            attempt(() -> {
                Inode file = mounted.create(in, name, 0600);
                mounted.append(file, ByteBuffer.allocate(10_000));
            });
        }
        attempt(() -> mounted.removeDirectory(in, FileName.of("dnew1")));
    }
}
