package dev.cortado.system.guest.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Calls at random, as fsstress and fsx make them: on names in a small tree, and on files that are
 * open. All that comes of them is summed up, so that it can be compared with what comes of the same
 * calls elsewhere: a line with the sum of all so far is printed now and then.
 */
public final class RandomCalls {
    private static final int LINES = 100;

    /** After so many calls all is removed. */
    private static final int SWEEP = 6000;

    private final Path directory;
    private final Path top;
    private final CRC32 sum = new CRC32();
    private final RandomNames names;
    private final RandomContents contents;
    private final Random random;

    private RandomCalls(Path directory, long seed) {
        this.directory = directory;
        // No link leads further up than to the directory.
        top = directory.resolve("top");
        random = new Random(seed);
        RandomPaths paths = new RandomPaths(top, random);
        names = new RandomNames(paths, random);
        contents = new RandomContents(paths, random);
    }

    /**
     * Makes so many calls and prints sums, and at the end what the tree looks like.
     *
     * @param directory to be made, in which all is done
     * @param told the number of the first call that is told of in full
     */
    public static void run(Path directory, long seed, int calls, int told) throws IOException {
        Files.createDirectories(directory.resolve("top"));
        new RandomCalls(directory, seed).run(calls, told);
        TreeText.print(directory);
    }

    private void run(int calls, int told) throws IOException {
        int step = Math.max(calls / LINES, 1);
        for (int i = 1; i <= calls; i++) {
            String line = call();
            sum.update(line.getBytes(StandardCharsets.UTF_8));
            if (i % SWEEP == 0 && i < calls) {
                sweep();
            }
            if (i >= told) {
                System.out.println(i + ": " + line);
            } else if (i % step == 0) {
                System.out.println(i + ": " + Long.toHexString(sum.getValue()));
            }
        }
        contents.closeAll();
    }

    /**
     * Looks at all there is, and removes it: there is no end to what directories can be moved to.
     */
    private void sweep() throws IOException {
        for (String line : TreeText.lines(directory, false)) {
            sum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths.subList(0, paths.size() - 1)) {
            Files.delete(path);
        }
        Files.createDirectory(top);
    }

    /** Makes a call, and says which and what came of it. */
    private String call() {
        StringBuilder text = new StringBuilder();
        String result;
        try {
            result = "" + (random.nextInt(3) == 0 ? names.call(text) : contents.call(text));
        } catch (IOException | RuntimeException e) {
            result = e.toString();
        }
        return (text + " -> " + result).replace(directory.toString(), "");
    }

    /** Bytes of a channel from a position on, as a number. */
    static String sum(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        int read = channel.read(bytes, position);
        CRC32 sum = new CRC32();
        sum.update(bytes.flip());
        return read + " " + Long.toHexString(sum.getValue());
    }
}
