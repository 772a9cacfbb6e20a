package dev.cortado.image.cache;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Directories of files, each stored under the hash of what it was made from. Those that have not
 * been asked for the longest go when there is no room for a new one. Several processes may use it
 * at the same time: an entry appears in one step, and whoever reads one that is just being deleted
 * does not find it.
 */
public final class ResultCache {
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{16,128}");
    private static final String PART = ".part-";

    /** In each entry: a line with checksum and name of every other file. */
    private static final String CONTENTS = "CONTENTS";

    /** After this time, a half-written entry is that of a process that has died. */
    private static final long STALE_SECONDS = 3600;

    /** How often somebody else may come and go at the moment when an entry is stored. */
    private static final int ATTEMPTS = 100;

    private final Path root;
    private final long limit;

    /**
     * @param root its directory, made when it is needed
     * @param limit how many bytes all entries may have together
     */
    public ResultCache(Path root, long limit) {
        this.root = root;
        this.limit = limit;
    }

    /** An entry that is stored. */
    public record Entry(Path path, long bytes, Instant lastUsed) {}

    /**
     * Copies an entry's files into a directory that is empty or is made.
     *
     * @return whether it is there and whole; if not, {@code into} may have some of its files
     * @throws IOException if the files cannot be written
     */
    public boolean fetch(String key, Path into) throws IOException {
        Path entry = entry(key);
        if (!Files.isDirectory(entry)) {
            return false;
        }
        Files.createDirectories(into);
        try {
            FileTree.copy(entry, into);
            Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
        } catch (NoSuchFileException e) {
            // Somebody else has just made room.
            return false;
        }
        if (!isWhole(into)) {
            remove(entry);
            return false;
        }
        Files.delete(into.resolve(CONTENTS));
        return true;
    }

    /**
     * Stores the files below {@code from}, and removes other entries if need be. Does nothing if
     * they are there already, or are more than the whole cache may have.
     */
    public void store(String key, Path from) throws IOException {
        long size = FileTree.size(from);
        if (Files.exists(entry(key)) || size > limit) {
            return;
        }
        Files.createDirectories(root);
        makeRoom(limit - size);
        Path part = Files.createTempDirectory(root, PART);
        try {
            FileTree.copy(from, part);
            Files.writeString(part.resolve(CONTENTS), contents(part));
            publish(part, entry(key));
        } catch (IOException e) {
            FileTree.delete(part);
            throw e;
        }
    }

    /** Another process may store the same at the same time, and a third one may remove it again. */
    private static void publish(Path part, Path entry) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.move(part, entry, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException e) {
                if (Files.isDirectory(entry)) {
                    FileTree.delete(part);
                    return;
                }
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** All entries, those not used for the longest time first. */
    public List<Entry> entries() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (Path path : children()) {
            if (KEY.matcher(path.getFileName().toString()).matches()) {
                try {
                    Instant used = Files.getLastModifiedTime(path).toInstant();
                    entries.add(new Entry(path, FileTree.size(path), used));
                } catch (NoSuchFileException e) {
                    // Another process has just deleted it.
                    continue;
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::lastUsed));
        return entries;
    }

    /** Removes all entries. */
    public void clear() throws IOException {
        makeRoom(0);
    }

    private List<Path> children() throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.toList();
        }
    }

    private void makeRoom(long allowed) throws IOException {
        Instant stale = Instant.now().minusSeconds(STALE_SECONDS);
        for (Path path : Files.isDirectory(root) ? children() : List.<Path>of()) {
            if (path.getFileName().toString().startsWith(PART) && isOlder(path, stale)) {
                FileTree.delete(path);
            }
        }
        List<Entry> entries = entries();
        long sum = entries.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : entries) {
            if (sum <= allowed) {
                return;
            }
            remove(entry.path());
            sum -= entry.bytes();
        }
    }

    /** In one step as far as others can see, who may be storing the same again. */
    private void remove(Path entry) throws IOException {
        Path gone = root.resolve(PART + UUID.randomUUID());
        try {
            Files.move(entry, gone, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        FileTree.delete(gone);
    }

    private static boolean isOlder(Path path, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(path).toInstant().isBefore(time);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path entry(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not a hash in hexadecimal: " + key);
        }
        return root.resolve(key);
    }

    private static boolean isWhole(Path entry) throws IOException {
        Path listed = entry.resolve(CONTENTS);
        return Files.isRegularFile(listed) && Files.readString(listed).equals(contents(entry));
    }

    private static String contents(Path entry) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : FileTree.files(entry)) {
            String name = entry.relativize(file).toString().replace('\\', '/');
            if (!name.equals(CONTENTS)) {
                CRC32C checksum = new CRC32C();
                checksum.update(Files.readAllBytes(file));
                String hex = HexFormat.of().toHexDigits((int) checksum.getValue());
                lines.append(hex).append("  ").append(name).append('\n');
            }
        }
        return lines.toString();
    }
}
