package dev.cortado.runtime.file.ninep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server's open directory, whose names are those that it has when it is read from the start. */
final class Listing {
    private static final int ENTRY_BYTES = 24;
    private static final int DOTS = 2;

    private final List<String> names = new ArrayList<>();

    /**
     * Answers readdir: as many entries as have room in {@code count} bytes.
     *
     * @param directory where it is now
     */
    void put(Path directory, long offset, int count, ByteBuffer out) throws IOException {
        if (offset == 0) {
            read(directory);
        }
        int place = out.position();
        out.putInt(0);
        for (int i = (int) offset; i < names.size(); i++) {
            byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
            Path path = directory.resolve(names.get(i));
            int used = out.position() - place - Integer.BYTES;
            if (used + ENTRY_BYTES + name.length > count) {
                break;
            }
            if (i < DOTS) {
                out.put((byte) 0x80).putInt(0).putLong(1);
            } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                putQid(path, out);
            } else {
                continue;
            }
            out.putLong(i + 1).put((byte) 0).putShort((short) name.length).put(name);
        }
        out.putInt(place, out.position() - place - Integer.BYTES);
    }

    private void read(Path directory) throws IOException {
        names.clear();
        names.addAll(List.of(".", ".."));
        if (Files.exists(directory)) {
            try (var found = Files.newDirectoryStream(directory)) {
                found.forEach(each -> names.add(each.getFileName().toString()));
            }
        }
    }

    static void putQid(Path path, ByteBuffer out) throws IOException {
        Map<String, Object> all =
                Files.readAttributes(path, "unix:mode,ino", LinkOption.NOFOLLOW_LINKS);
        int kind = (int) all.get("mode") & 0170000;
        out.put((byte) (kind == 0040000 ? 0x80 : kind == 0120000 ? 2 : 0));
        out.putInt(0).putLong((long) all.get("ino"));
    }
}
