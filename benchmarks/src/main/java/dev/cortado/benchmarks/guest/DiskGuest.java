package dev.cortado.benchmarks.guest;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What files on a disk take, for {@code ./bench disk}: a line {@code FIGURE name times-a-second}
 * for each figure. Plain Java, the same in a guest and on a JVM.
 *
 * <p>Arguments: a directory, seconds for each figure, MiB of the file that goes past the cache, MiB
 * of the one that does not fit into it.
 */
public final class DiskGuest {
    private static final int MIB = 1 << 20;
    private static final int PAGE = 4096;

    private static final int MOST_FILES = 20_000;

    /** Of a mapped file that fits into memory. */
    private static final int SMALL_MIB = 32;

    private final Path directory;
    private final double seconds;
    private final Rates rates;

    private static volatile long sink;

    private DiskGuest(Path directory, double seconds) {
        this.directory = directory;
        this.seconds = seconds;
        rates = new Rates(seconds);
    }

    /** Measures everything once. */
    public static void main(String[] arguments) throws Exception {
        DiskGuest guest = new DiskGuest(Path.of(arguments[0]), Double.parseDouble(arguments[1]));
        guest.direct(Integer.parseInt(arguments[2]));
        guest.names();
        guest.forced();
        guest.cached(Integer.parseInt(arguments[3]));
        System.out.println("END");
    }

    /** Past the cache: 4 KiB and 1 MiB, anywhere and one behind the other, by 1 and 32 threads. */
    private void direct(int mebibytes) throws Exception {
        Path file = directory.resolve("direct");
        fill(file, mebibytes);
        Set<OpenOption> options =
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        ExtendedOpenOption.DIRECT);
        try (FileChannel channel = FileChannel.open(file, options)) {
            for (int length : List.of(PAGE, MIB)) {
                for (int depth : List.of(1, 32)) {
                    String size = (length == PAGE ? "4k" : "1m") + "_d" + depth;
                    for (boolean isRandom : List.of(true, false)) {
                        String name = (isRandom ? "random_" : "sequential_") + size;
                        Places places = new Places((long) mebibytes * MIB, length, depth, isRandom);
                        List<ByteBuffer> buffers = buffers(depth, length);
                        rates.measure(
                                "direct_read_" + name,
                                depth,
                                thread -> read(channel, buffers.get(thread), places.next(thread)));
                        rates.measure(
                                "direct_write_" + name,
                                depth,
                                thread -> write(channel, buffers.get(thread), places.next(thread)));
                    }
                }
            }
        }
        Files.delete(file);
    }

    private static List<ByteBuffer> buffers(int count, int length) {
        ByteBuffer all = ByteBuffer.allocateDirect(count * length + PAGE).alignedSlice(PAGE);
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            buffers.add(all.slice(i * length, length));
        }
        return buffers;
    }

    private static void read(FileChannel channel, ByteBuffer buffer, long position)
            throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file ends at " + (position + buffer.position()));
            }
        }
    }

    private static void write(FileChannel channel, ByteBuffer buffer, long position)
            throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
    }

    /** Files that are empty, in one directory. */
    private void names() throws Exception {
        Path names = Files.createDirectory(directory.resolve("names"));
        int count = 0;
        long begin = System.nanoTime();
        while (count < MOST_FILES && System.nanoTime() - begin < seconds * 1e9) {
            Files.createFile(names.resolve("file-" + count++));
        }
        Rates.figure("creates", count / Rates.secondsSince(begin));
        begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Files.delete(names.resolve("file-" + i));
        }
        Rates.figure("unlinks", count / Rates.secondsSince(begin));
        Files.delete(names);
    }

    /** A page is changed and forced to the disk. */
    private void forced() throws Exception {
        Path file = directory.resolve("forced");
        fill(file, 1);
        Places places = new Places(MIB, PAGE, 1, true);
        ByteBuffer buffer = buffers(1, PAGE).getFirst();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            rates.measure(
                    "fsyncs",
                    1,
                    thread -> {
                        write(channel, buffer, places.next(thread));
                        channel.force(false);
                    });
        }
        Files.delete(file);
    }

    /** By way of the cache, a file that does not fit into it; then the same mapped. */
    private void cached(int mebibytes) throws Exception {
        Path file = directory.resolve("cached");
        long begin = System.nanoTime();
        fill(file, mebibytes);
        Rates.figure("cached_write_sequential_mib", mebibytes / Rates.secondsSince(begin));
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer large = buffers(1, MIB).getFirst();
            ByteBuffer small = buffers(1, PAGE).getFirst();
            begin = System.nanoTime();
            for (int i = 0; i < mebibytes; i++) {
                read(channel, large, (long) i * MIB);
            }
            Rates.figure("cached_read_sequential_mib", mebibytes / Rates.secondsSince(begin));
            Places anywhere = new Places((long) mebibytes * MIB, PAGE, 1, true);
            rates.measure(
                    "cached_read_random", 1, thread -> read(channel, small, anywhere.next(thread)));
            rates.measure(
                    "cached_write_random",
                    1,
                    thread -> write(channel, small, anywhere.next(thread)));
            channel.force(false);
            mapped("mapped_read_random", channel, mebibytes);
            mapped("mapped_read_in_memory", channel, SMALL_MIB);
        }
        Files.delete(file);
    }

    /** A word of some page. */
    private void mapped(String name, FileChannel channel, int mebibytes) throws Exception {
        long bytes = (long) mebibytes * MIB;
        MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes);
        for (int i = 0; mebibytes <= SMALL_MIB && i < bytes; i += PAGE) {
            sink += map.get(i);
        }
        Places places = new Places(bytes, PAGE, 1, true);
        rates.measure(name, 1, thread -> sink += map.getLong((int) places.next(thread)));
    }

    /** Its bytes are on the disk when this returns. */
    private static void fill(Path file, int mebibytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MIB);
        SplittableRandom random = new SplittableRandom(mebibytes);
        while (buffer.hasRemaining()) {
            buffer.putLong(random.nextLong());
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < mebibytes; i++) {
                write(channel, buffer, (long) i * MIB);
            }
            channel.force(false);
        }
    }
}
