package dev.cortado.system.guest.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file that fills what memory there is, and a program that wants it for its heap meanwhile. */
final class PressureProgram {
    /** More than the machine of the test has memory. */
    private static final int FILE_BYTES = 96 << 20;

    private static final int PAGE = 4096;
    private static final int PAGES = FILE_BYTES / PAGE;
    private static final int WRITE_BYTES = 1 << 18;
    private static final int READERS = 3;
    private static final int ROUNDS = 8;
    private static final int OUTSIDE = 200;

    private final Path file;
    private final AtomicBoolean isOver = new AtomicBoolean();

    PressureProgram(Path directory) {
        file = directory.resolve("pressure");
    }

    private static long value(long page) {
        return page * 0x9e3779b97f4a7c15L;
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        write();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                results.add(readers.submit(reader(i)));
            }
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    fillHeap(round);
                }
            } finally {
                isOver.set(true);
            }
            for (Future<Integer> result : results) {
                if (result.get() == 0) {
                    throw new AssertionError("nothing was read");
                }
            }
        }
        System.out.println("the heap had " + ROUNDS + " times what files had");
    }

    private void write() throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(WRITE_BYTES);
            for (long page = 0; page < PAGES; ) {
                for (buffer.clear(); buffer.hasRemaining(); page++) {
                    fill(buffer, value(page));
                }
                for (buffer.flip(); buffer.hasRemaining(); ) {
                    channel.write(buffer);
                }
            }
        }
    }

    private static void fill(ByteBuffer buffer, long value) {
        for (int i = 0; i < PAGE; i += Long.BYTES) {
            buffer.putLong(value);
        }
    }

    /** Some pages again and again, and all others now and then. */
    private Callable<Integer> reader(int seed) {
        return () -> {
            SplittableRandom random = new SplittableRandom(seed);
            int count = 0;
            ByteBuffer buffer = ByteBuffer.allocateDirect(PAGE);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                for (; !isOver.get(); count++) {
                    int page = random.nextInt(random.nextBoolean() ? PAGES : PAGES / 16);
                    buffer.clear();
                    channel.read(buffer, (long) page * PAGE);
                    for (buffer.flip(); buffer.hasRemaining(); ) {
                        if (buffer.getLong() != value(page)) {
                            throw new AssertionError("page " + page);
                        }
                    }
                }
            }
            return count;
        };
    }

    /** Three quarters of it, in arrays of all sizes; and some memory that is outside of it. */
    private static void fillHeap(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ByteBuffer> outside = new ArrayList<>();
        List<long[]> arrays = new ArrayList<>();
        long left = Runtime.getRuntime().maxMemory() / 4 * 3;
        while (left > 0) {
            long[] array = new long[1 << random.nextInt(5, 16)];
            array[array.length - 1] = arrays.size();
            arrays.add(array);
            left -= (long) array.length * Long.BYTES;
            if (outside.size() < OUTSIDE) {
                outside.add(ByteBuffer.allocateDirect(PAGE));
            }
        }
        for (int i = 0; i < arrays.size(); i++) {
            long[] array = arrays.get(i);
            if (array[0] != 0 || array[array.length - 1] != i) {
                throw new AssertionError("array " + i);
            }
        }
    }
}
