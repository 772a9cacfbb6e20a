package dev.cortado.image.format.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/** Disks for tests of formats, and what holds for every format. */
public final class TestDisks {
    public static final int SEED = 20261129;

    private static final int PIECE = 4096;
    private static final int NEAR = 80;

    /** So many pages at its end have something on them. */
    private static final int MOST_USED_PAGES = 1024;

    private TestDisks() {}

    /** Pieces of noise, of text and of zeros; its size is a multiple of a page and of no more. */
    public static byte[] bytes(Random random, int pages) {
        byte[] disk = new byte[pages * PIECE];
        int at = Math.max(0, pages - MOST_USED_PAGES) * PIECE;
        while (at < disk.length) {
            int end = Math.min(disk.length, at + (1 + random.nextInt(40)) * PIECE);
            switch (random.nextInt(3)) {
                case 0 -> Arrays.fill(disk, at, end, (byte) 0);
                case 1 -> noise(random, disk, at, end);
                default -> text(random, disk, at, end);
            }
            at = end;
        }
        return disk;
    }

    private static void noise(Random random, byte[] disk, int from, int to) {
        byte[] noise = new byte[to - from];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, disk, from, noise.length);
    }

    private static void text(Random random, byte[] disk, int from, int to) {
        for (int i = from; i < to; i++) {
            disk[i] = (byte) ('a' + random.nextInt(4));
        }
    }

    /** A disk in memory, closed by nobody. */
    public static ByteSource source(byte[] bytes) {
        return new MemorySource("disk", bytes);
    }

    /** A file in memory, read with a reader. */
    public static byte[] readAll(ByteSource disk) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(disk.size()));
        for (int at = 0; at < bytes.capacity(); ) {
            long zeros = disk.zeros(at);
            assertTrue(zeros >= 0 && zeros <= bytes.capacity() - at);
            int end = Math.min(bytes.capacity(), at + 70_001);
            bytes.limit(end).position(at);
            disk.read(at, bytes);
            for (int i = at; i < Math.min(end, at + zeros); i++) {
                assertEquals(0, bytes.get(i), "known to be zero");
            }
            at = end;
        }
        return bytes.array();
    }

    /** What {@code qemu-img} makes of a file has to be the disk, byte for byte. */
    public static void assertQemuReads(Path file, String format, byte[] disk)
            throws IOException, InterruptedException {
        Path raw = file.resolveSibling("back.raw");
        Tools.run("qemu-img", "convert", "-f", format, "-O", "raw", file, raw);
        assertArrayEquals(disk, Files.readAllBytes(raw));
    }

    /**
     * Changes some bytes of a file, many times: a reader has to give an answer or a UserError, with
     * no other exception and in bounded time.
     *
     * @param headers how many bytes at the file's beginning are changed most
     */
    public static void assertSurvivesMutations(
            byte[] file, int headers, Function<ByteSource, ByteSource> reader) {
        int[] starts = new int[Math.max(1, headers / NEAR)];
        Arrays.setAll(starts, i -> i * NEAR);
        assertSurvivesMutations(file, starts, bytes -> {}, reader);
    }

    /**
     * The same where checksums would hide what is behind them.
     *
     * @param starts near which most changes are
     * @param repair makes checksums right again
     */
    public static void assertSurvivesMutations(
            byte[] file,
            int[] starts,
            Consumer<ByteBuffer> repair,
            Function<ByteSource, ByteSource> reader) {
        Random random = new Random(SEED);
        int errors = 0;
        for (int i = 0; i < 250; i++) {
            byte[] bad = file.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                int start = starts[random.nextInt(starts.length)];
                int near = Math.min(bad.length - 1, start + random.nextInt(NEAR));
                int at = random.nextInt(8) == 0 ? random.nextInt(bad.length) : near;
                bad[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
            }
            if (random.nextInt(8) == 0) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length));
            }
            repair.accept(ByteBuffer.wrap(bad));
            errors += outcome(new MemorySource("mutated", bad), reader);
        }
        assertTrue(errors > 5, "errors: " + errors);
    }

    /** 1 if it is refused. */
    private static int outcome(ByteSource file, Function<ByteSource, ByteSource> reader) {
        try (ByteSource disk = reader.apply(file)) {
            if (disk.size() > 64 << 20) {
                disk.zeros(disk.size() / 2);
                disk.read(disk.size() - PIECE, ByteBuffer.allocate(PIECE));
            } else {
                readAll(disk);
            }
            return 0;
        } catch (UserError e) {
            assertTrue(e.getMessage().startsWith("mutated "), e.getMessage());
            return 1;
        }
    }

    private record MemorySource(String name, byte[] bytes) implements ByteSource {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long position, ByteBuffer into) {
            requireInside(position, into.remaining(), "what is read");
            into.put(bytes, (int) position, into.remaining());
        }
    }
}
