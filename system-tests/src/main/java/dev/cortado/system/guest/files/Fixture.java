package dev.cortado.system.guest.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files that each case begins with: one of each kind, in a directory {@code t/w} of the file
 * system that is tried, and a few in a directory {@code w} of another one.
 */
final class Fixture {
    private static final int KIND_BITS = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;

    private static final int ROOT_MODE = 01777;

    /** What is shown of a large file's beginning, and of its end. */
    private static final int PART = 32;

    private final Path top;
    private final Path work;
    private final Path other;
    private final Map<String, String> before;

    /**
     * @param work a directory on the file system that is tried
     * @param other one on another file system
     */
    Fixture(Path work, Path other) throws IOException {
        top = work.resolve("t");
        this.work = top.resolve("w");
        this.other = other.resolve("w");
        make();
        before = state();
    }

    Path work() {
        return work;
    }

    Path other() {
        return other;
    }

    private void make() throws IOException {
        for (Path root : List.of(top.getParent(), other.getParent())) {
            Files.setAttribute(root, "unix:mode", ROOT_MODE);
            Files.setAttribute(root, "unix:uid", 0);
            Files.setAttribute(root, "unix:gid", 0);
        }
        Files.createDirectories(work);
        Files.writeString(work.resolve("file"), "content");
        Files.createLink(work.resolve("hard"), work.resolve("file"));
        Files.createFile(work.resolve("nothing"));
        Files.createDirectory(work.resolve("empty"));
        Files.createDirectories(work.resolve("full/sub"));
        Files.writeString(work.resolve("full/inside"), "inside");
        link("to-file", "file");
        link("to-link", "to-file");
        link("to-full", "full");
        link("to-empty", "empty");
        link("to-file-slash", "file/");
        link("to-full-slash", "full/");
        link("to-none-slash", "none/");
        link("dangling", "none");
        link("below-none", "none/below");
        link("loop", "loop");
        link("up", "..");
        Files.createDirectory(other);
        Files.writeString(other.resolve("file"), "other");
        Files.createDirectory(other.resolve("empty"));
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(work.resolve(name), Path.of(target));
    }

    /** What has changed since the files were made; they are made anew then. */
    List<String> changes() throws IOException {
        Map<String, String> now = state();
        if (now.equals(before)) {
            return List.of();
        }
        List<String> changes = new ArrayList<>();
        before.forEach((path, state) -> {
            if (!now.containsKey(path)) {
                changes.add("-" + path);
            }
        });
        now.forEach((path, state) -> {
            if (!state.equals(before.get(path))) {
                changes.add((before.containsKey(path) ? "" : "+") + path + " " + state);
            }
        });
        remove();
        make();
        return changes;
    }

    void remove() throws IOException {
        for (Path directory : List.of(top, other)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(directory)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }

    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        for (Path root : List.of(top.getParent(), other.getParent())) {
            state.put("/" + root.getFileName(), owner(attributes(root)));
        }
        for (Path directory : List.of(top, other)) {
            String name = directory.equals(top) ? "" : "other/";
            try (Stream<Path> walk = Files.walk(directory)) {
                for (Path path : (Iterable<Path>) walk::iterator) {
                    state.put(name + directory.relativize(path), state(path));
                }
            }
        }
        return state;
    }

    private static Map<String, Object> attributes(Path path) throws IOException {
        return Files.readAttributes(
                path, "unix:mode,nlink,size,uid,gid", LinkOption.NOFOLLOW_LINKS);
    }

    private static String owner(Map<String, Object> attributes) {
        String mode = Integer.toOctalString((Integer) attributes.get("mode"));
        return mode + " " + attributes.get("uid") + ":" + attributes.get("gid");
    }

    private static String state(Path path) throws IOException {
        Map<String, Object> attributes = attributes(path);
        String state = owner(attributes) + " " + attributes.get("nlink");
        return switch ((Integer) attributes.get("mode") & KIND_BITS) {
            case DIRECTORY -> state;
            case LINK -> state + " " + Files.readSymbolicLink(path);
            default -> state + " " + attributes.get("size") + content(path);
        };
    }

    /** The beginning of it and, if it is longer, its end. */
    private static String content(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * PART);
            channel.read(bytes.limit(PART));
            long rest = Math.max(channel.size() - PART, PART);
            channel.read(bytes.limit(2 * PART), rest);
            return " " + new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }
}
