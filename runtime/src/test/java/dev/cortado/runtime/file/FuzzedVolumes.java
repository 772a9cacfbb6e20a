package dev.cortado.runtime.file;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.partition.ByteStorage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Volumes that are damaged in some places, of which all is read: nothing happens but a {@link
 * FileException}, and that soon.
 */
public final class FuzzedVolumes {
    private static final int MOST_CHANGES = 6;
    private static final int MOST_ENTRIES = 2000;
    private static final int SECTOR_BYTES = 512;
    private static final Duration MOST_TIME = Duration.ofSeconds(20);

    private final Opener opener;
    private final byte[] bytes;
    private final int[] used;
    private int entries;

    /** Mounts. */
    @FunctionalInterface
    public interface Opener {
        FileSystem open(Storage storage) throws FileException;
    }

    private FuzzedVolumes(byte[] bytes, Opener opener) {
        this.bytes = bytes;
        this.opener = opener;
        used = IntStream.range(0, bytes.length).filter(at -> bytes[at] != 0).toArray();
    }

    /**
     * Damages a volume, again and again.
     *
     * @param valid whose files have no bytes but zeros, so that damage is to what is about them
     */
    public static void run(byte[] valid, long seed, int images, Opener opener) {
        FuzzedVolumes volumes = new FuzzedVolumes(valid, opener);
        for (int image = 0; image < images; image++) {
            Map<Integer, Byte> changes = volumes.changes(new Random(seed * 1_000_003 + image));
            changes.replaceAll(volumes::put);
            try {
                assertTimeoutPreemptively(MOST_TIME, volumes::readAll);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", image " + image, e);
            }
            changes.replaceAll(volumes::put);
        }
    }

    /** Gives a byte another value; the one that it had. */
    private byte put(int at, byte value) {
        byte before = bytes[at];
        bytes[at] = value;
        return before;
    }

    private Map<Integer, Byte> changes(Random random) {
        Map<Integer, Byte> changes = new HashMap<>();
        for (int i = random.nextInt(MOST_CHANGES) + 1; i > 0; i--) {
            int near = used[random.nextInt(used.length)] + random.nextInt(5) - 2;
            int value = random.nextInt(4);
            int other = used[random.nextInt(used.length)];
            changes.put(
                    Math.clamp(near, 0, bytes.length - 1),
                    (byte)
                            switch (value) {
                                case 0 -> 0;
                                case 1 -> 0xff;
                                case 2 -> bytes[other];
                                default -> random.nextInt();
                            });
        }
        return changes;
    }

    private void readAll() {
        entries = 0;
        try {
            FileSystem mounted = opener.open(new ByteStorage("vda", bytes, SECTOR_BYTES));
            mounted.statistics();
            List<Inode> directories = new ArrayList<>(List.of(mounted.root()));
            Set<Long> seen = new HashSet<>();
            while (!directories.isEmpty()) {
                Inode next = directories.removeLast();
                if (seen.add(next.number())) {
                    attempt(() -> readDirectory(mounted, next, directories));
                }
            }
        } catch (FileException e) {
            // As it should be.
        }
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

    private void readDirectory(FileSystem mounted, Inode in, List<Inode> directories)
            throws FileException {
        mounted.parent(in);
        attempt(() -> mounted.lookup(in, FileName.of("there is none such")));
        DirectoryEntry entry = mounted.nextEntry(in, DirectoryEntry.START);
        while (entry != null && entries++ < MOST_ENTRIES) {
            FileName name = entry.name();
            attempt(() -> readFile(mounted, mounted.lookup(in, name), directories));
            DirectoryEntry next = mounted.nextEntry(in, entry.cookie());
            if (next != null && next.cookie() <= entry.cookie()) {
                throw new AssertionError("cookie " + next.cookie() + " behind " + entry.cookie());
            }
            entry = next;
        }
    }

    private static void readFile(FileSystem mounted, Inode inode, List<Inode> directories)
            throws FileException {
        Attributes attributes = mounted.attributes(inode);
        switch (inode.kind()) {
            case DIRECTORY -> directories.add(inode);
            case SYMBOLIC_LINK -> new String(mounted.readLink(inode), StandardCharsets.UTF_8);
            default -> {
                ByteBuffer part = ByteBuffer.allocate(40_000);
                attempt(() -> mounted.read(inode, 0, part));
                long middle = attributes.size() / 2;
                attempt(() -> mounted.read(inode, middle, part.clear()));
                attempt(() -> mounted.read(inode, Long.MAX_VALUE, part.clear()));
            }
        }
    }
}
