package dev.cortado.runtime.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a tree has, a line for each of its files, so that two can be compared. */
public final class TreeListing {
    private final boolean hasModes;
    private final long timeUnit;
    private final Map<String, String> lines = new TreeMap<>();

    private TreeListing(boolean hasModes, long timeUnit) {
        this.hasModes = hasModes;
        this.timeUnit = timeUnit;
    }

    /**
     * Of a file system: kinds, contents, sizes, and times when files were modified.
     *
     * @param hasModes whether with permissions and owners
     * @param timeSeconds of the unit that times are compared in
     */
    public static Map<String, String> of(FileSystem fileSystem, boolean hasModes, int timeSeconds)
            throws FileException {
        TreeListing listing = new TreeListing(hasModes, TimeUnit.SECONDS.toNanos(timeSeconds));
        listing.addAll(fileSystem, "", fileSystem.root());
        return listing.lines;
    }

    /** Of a directory of the host. */
    public static Map<String, String> of(Path directory, boolean hasModes, int timeSeconds)
            throws IOException {
        TreeListing listing = new TreeListing(hasModes, TimeUnit.SECONDS.toNanos(timeSeconds));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(file -> !file.equals(directory)).toList()) {
                listing.add("/" + directory.relativize(file), file);
            }
        }
        return listing.lines;
    }

    /** Fails with those lines only that are not in both. */
    public static void assertSame(Map<String, String> expected, Map<String, String> found) {
        Map<String, String> missing = new TreeMap<>(expected);
        missing.entrySet().removeAll(found.entrySet());
        Map<String, String> unexpected = new TreeMap<>(found);
        unexpected.entrySet().removeAll(expected.entrySet());
        assertEquals(missing, unexpected);
    }

    private void addAll(FileSystem fileSystem, String path, Inode directory) throws FileException {
        Map<FileName, DirectoryEntry> entries = new HashMap<>();
        DirectoryEntry entry = fileSystem.nextEntry(directory, DirectoryEntry.START);
        while (entry != null) {
            assertEquals(null, entries.put(entry.name(), entry), path + ": twice " + entry);
            entry = fileSystem.nextEntry(directory, entry.cookie());
        }
        for (DirectoryEntry each : entries.values()) {
            String below = path + "/" + each.name();
            Inode inode = fileSystem.lookup(directory, each.name());
            assertEquals(inode.number(), each.inode(), below);
            assertEquals(inode.kind(), each.kind(), below);
            add(fileSystem, below, inode);
            if (inode.isDirectory()) {
                assertEquals(directory, fileSystem.parent(inode), below);
                addAll(fileSystem, below, inode);
            }
        }
    }

    private void add(FileSystem fileSystem, String path, Inode inode) throws FileException {
        Attributes attributes = fileSystem.attributes(inode);
        Object content =
                switch (inode.kind()) {
                    case REGULAR -> Arrays.hashCode(content(fileSystem, inode));
                    case SYMBOLIC_LINK -> new String(fileSystem.readLink(inode));
                    default -> "";
                };
        add(
                path,
                attributes.kind(),
                attributes.mode(),
                attributes.owner(),
                attributes.group(),
                attributes.modified(),
                content);
    }

    /** All bytes of a file, read in pieces of odd sizes. */
    public static byte[] content(FileSystem fileSystem, Inode file) throws FileException {
        byte[] bytes = new byte[Math.toIntExact(fileSystem.attributes(file).size())];
        int at = 0;
        int piece = 1;
        while (at < bytes.length) {
            ByteBuffer part =
                    ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)).slice();
            assertEquals(part.capacity(), fileSystem.read(file, at, part));
            at += part.capacity();
            piece = piece * 3 + 1;
        }
        assertEquals(0, fileSystem.read(file, at, ByteBuffer.allocate(5)));
        return bytes;
    }

    private void add(String path, Path file) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) attributes.get("mode");
        FileKind kind =
                Arrays.stream(FileKind.values())
                        .filter(each -> each.modeBits() == (mode & 0170000))
                        .findFirst()
                        .orElseThrow();
        Object content =
                switch (kind) {
                    case REGULAR -> Arrays.hashCode(Files.readAllBytes(file));
                    case SYMBOLIC_LINK -> Files.readSymbolicLink(file);
                    default -> "";
                };
        add(
                path,
                kind,
                mode,
                (Integer) attributes.get("uid"),
                (Integer) attributes.get("gid"),
                Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS),
                content);
    }

    private void add(
            String path, FileKind kind, int mode, int owner, int group, long time, Object content) {
        String modes = hasModes ? "%o %d %d".formatted(mode, owner, group) : "";
        long units = Math.floorDiv(time, timeUnit);
        lines.put(path, "%s %s %s %s".formatted(kind, modes, units, content));
    }
}
