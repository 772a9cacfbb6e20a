package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.guest.disk.ForcedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a guest says to have forced to its disk, from start to start, and whether that is there when
 * it has ended in the midst of it.
 */
public final class ForcedWriters {
    /** In each guest. */
    public static final int COUNT = 3;

    private static final Pattern SAID =
            Pattern.compile("(found|kept|placed) (\\d+) (\\d+)(?: (\\d+))?\n");

    /** Of one writer, two counts. */
    private record Promise(int records, int values) {
        /** With another line of his. */
        Promise with(Matcher line) {
            int count = Integer.parseInt(line.group(3));
            return switch (line.group(1)) {
                case "kept" -> new Promise(count, values);
                case "placed" -> new Promise(records, count);
                default -> this;
            };
        }
    }

    private final Path directory;

    /** By writer; all that was promised until now. */
    private final Map<Integer, Promise> promises = new TreeMap<>();

    /** By writer; what was there when it was looked at last. */
    private final Map<Integer, ForcedFiles.State> states = new TreeMap<>();

    private int found;

    /**
     * @param directory for copies of the disk
     */
    public ForcedWriters(Path directory) {
        this.directory = directory;
    }

    /** Records that were there when it was looked at last. */
    public int records(int writer) {
        return states.containsKey(writer) ? states.get(writer).records() : 0;
    }

    /** Of all. */
    int records() {
        return states.values().stream().mapToInt(ForcedFiles.State::records).sum();
    }

    /** Those that came as far as to read what was there. */
    int starts() {
        return found / COUNT;
    }

    /**
     * Hears what a guest has said from its start to its end. It has found what e2fsprogs found
     * before, and promises more.
     */
    public void hear(String console) {
        Matcher line = SAID.matcher(console);
        while (line.find()) {
            int writer = Integer.parseInt(line.group(2));
            if (line.group(1).equals("found")) {
                found++;
                int values = states.containsKey(writer) ? states.get(writer).values() : 0;
                String expected = records(writer) + " " + values;
                assertEquals(expected, line.group(3) + " " + line.group(4), "writer " + writer);
                promises.put(writer, new Promise(records(writer), values));
            }
            promises.put(writer, promises.get(writer).with(line));
        }
    }

    /**
     * Looks at a copy whose journal e2fsprogs have replayed, and in which they find nothing wrong.
     *
     * @param most of what each writer has not promised may be there: one thing that was going on,
     *     and what was not heard of him
     */
    public void look(DiskImage disk, int most) throws IOException {
        Path copy = directory.resolve("copy");
        DiskImage replayed = disk.replayed(copy);
        replayed.check();
        Path tree = Files.createTempDirectory(directory, "tree");
        replayed.debug("rdump / " + tree);
        for (Map.Entry<Integer, Promise> entry : promises.entrySet()) {
            int writer = entry.getKey();
            Promise promise = entry.getValue();
            Path files = tree.resolve("writer-" + writer);
            ForcedFiles.State state = new ForcedFiles(files, writer).read();
            String what = "writer " + writer + ", " + promise + ": " + state;
            int records = state.records() - promise.records();
            int values = state.values() - promise.values();
            assertTrue(records >= 0 && records <= most, what);
            assertTrue(values >= 0 && values <= most, what);
            states.put(writer, state);
        }
        TapNetwork.command("rm", "-r", tree.toString(), copy.toString());
    }
}
