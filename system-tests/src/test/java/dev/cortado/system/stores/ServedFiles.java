package dev.cortado.system.stores;

import dev.cortado.system.Program;
import dev.cortado.system.servers.Listening;
import dev.cortado.system.servers.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Files that a web server has, on this host and, with the same times, on a disk; and what curl gets
 * of them.
 *
 * @param large the file whose sum is looked at
 */
record ServedFiles(Path directory, Path large, StoreDisk disk) {
    /** Below the disk's root, which has {@code lost+found} as well. */
    private static final String NAME = "served";

    private static final int LARGE = 48 << 20;
    private static final int MEDIUM = 300_000;
    private static final Instant TIME = Instant.parse("2024-02-29T12:34:56Z");
    private static final String LATER = "If-Modified-Since: Fri, 01 Mar 2024 00:00:00 GMT";
    private static final String EARLIER = "If-Modified-Since: Wed, 28 Feb 2024 00:00:00 GMT";

    /** Makes them there. */
    static ServedFiles in(Path parent) throws IOException {
        Path root = parent.resolve("root");
        Path directory = Files.createDirectories(root.resolve(NAME));
        Path large = directory.resolve("large.bin");
        write(large, LARGE);
        write(directory.resolve("medium.bin"), MEDIUM);
        write(directory.resolve("empty.txt"), 0);
        Path below = Files.createDirectories(directory.resolve("below/a b"));
        Files.writeString(below.resolve("index.html"), "<p>An index</p>\n");
        Files.writeString(directory.resolve("text.txt"), "0123456789 grüße\n");
        try (var all = Files.walk(directory)) {
            for (Path each : all.toList()) {
                Files.setLastModifiedTime(each, FileTime.from(TIME));
            }
        }
        StoreDisk disk = StoreDisk.formatted(parent.resolve("served.img"), "-d", root.toString());
        return new ServedFiles(directory, large, disk);
    }

    private static void write(Path file, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Files.write(file, bytes);
    }

    /** What curl is answered, but for what differs each time. */
    List<String> visit(Place place, Program program) throws Exception {
        String where = place.isHotSpot() ? directory.toString() : disk.path(place) + "/" + NAME;
        List<String> seen = new ArrayList<>();
        try (Listening server = place.listen(program, disk.options(), "jetty", where)) {
            CurlVisit curl = new CurlVisit(server.port());
            seen.add(curl.get("/text.txt"));
            seen.add(curl.get("/text.txt", "--head"));
            seen.add(curl.get("/text.txt", "--range", "3-6"));
            seen.add(curl.get("/text.txt", "--range", "-4"));
            seen.add(curl.get("/text.txt", "--range", "11-"));
            seen.add(curl.get("/text.txt", "--range", "0-1,5-6"));
            seen.add(curl.get("/text.txt", "--range", "100-200"));
            seen.add(curl.get("/text.txt", "--header", LATER));
            seen.add(curl.get("/text.txt", "--header", EARLIER));
            seen.add(curl.get("/text.txt", "--header", "If-None-Match: " + curl.tag("/text.txt")));
            seen.add(curl.get("/text.txt", "--header", "If-None-Match: \"other\""));
            seen.add(curl.get("/empty.txt"));
            seen.add(curl.get("/nothing.txt"));
            seen.add(curl.get("/../etc/fstab", "--path-as-is"));
            seen.add(curl.get("/"));
            seen.add(curl.get("/below"));
            seen.add(curl.get("/below/"));
            seen.add(curl.get("/below/a%20b/index.html"));
            seen.add(sum(curl.bytes("/medium.bin")));
            seen.add(sum(curl.bytes("/medium.bin", "--range", "65535-200000")));
            seen.add(sum(curl.bytes("/large.bin")));
            seen.add(sum(curl.bytes("/large.bin", "--range", "40000001-")));
        }
        if (!seen.contains(sum(Files.readAllBytes(large)))) {
            throw new AssertionError("the large file came as another one");
        }
        return seen;
    }

    private static String sum(byte[] bytes) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
        return bytes.length + " bytes, " + HexFormat.of().formatHex(sum);
    }
}
