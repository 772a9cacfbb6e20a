package dev.cortado.system.guest.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** All that there is of a tree of files, as lines. */
public final class TreeText {
    private static final String ATTRIBUTES = "unix:mode,nlink,uid,gid,size,lastModifiedTime";
    private static final int KIND_BITS = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;
    private static final int PART = 1 << 16;

    private TreeText() {}

    /** Prints the lines, with the times at which files were changed. */
    public static void print(Path directory) throws IOException {
        for (String line : lines(directory, true)) {
            System.out.println(line);
        }
    }

    /** A line of each file, in the order of their names. */
    static List<String> lines(Path directory, boolean hasTimes) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted().toList();
        }
        List<String> lines = new ArrayList<>();
        for (Path path : paths) {
            lines.add(directory.relativize(path) + " " + text(path, hasTimes));
        }
        return lines;
    }

    private static String text(Path path, boolean hasTimes) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) attributes.get("mode");
        String content =
                switch (mode & KIND_BITS) {
                    case DIRECTORY -> "directory";
                    case LINK -> Files.readSymbolicLink(path).toString();
                    default -> attributes.get("size") + " " + Long.toHexString(sum(path));
                };
        String time = hasTimes ? " " + attributes.get("lastModifiedTime") : "";
        return "%o %s %s:%s %s%s"
                .formatted(
                        mode,
                        attributes.get("nlink"),
                        attributes.get("uid"),
                        attributes.get("gid"),
                        content,
                        time);
    }

    /** Of all bytes of a file. */
    static long sum(Path file) throws IOException {
        CRC32 sum = new CRC32();
        ByteBuffer part = ByteBuffer.allocate(PART);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(part) >= 0) {
                sum.update(part.flip());
                part.clear();
            }
        }
        return sum.getValue();
    }
}
