package dev.cortado.image.cache;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A share of the machine's memory, so that builds that go on at the same time, in one JVM or in
 * several of the same user, do not take more than there is. Each GiB is a file, which whoever has
 * it holds a lock on.
 */
public final class MemoryShare implements Closeable {
    private static final int UNIT = 30;
    private static final long PAUSE_MILLISECONDS = 100;

    /** Whoever collects shares, one at a time, so that two do not wait for each other. */
    private static final String GATE = "gate";

    private final Path directory;
    private final Runnable waiting;
    private final List<FileClaim> claims = new ArrayList<>();
    private boolean told;

    private MemoryShare(Path directory, Runnable waiting) {
        this.directory = directory;
        this.waiting = waiting;
    }

    /**
     * Waits until there is as much left as a build wants; one that wants more than all has to be
     * alone.
     *
     * @param directory of files that all builds use; made if it is missing
     * @param wanted bytes
     * @param all bytes that all builds together may have
     * @param waiting run once if there is a wait
     * @throws IOException if the directory cannot be used
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public static MemoryShare take(Path directory, long wanted, long all, Runnable waiting)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        MemoryShare share = new MemoryShare(directory, waiting);
        boolean taken = false;
        try {
            int total = Math.max(1, units(all));
            share.collect(Math.clamp(units(wanted), 1, total), total);
            taken = true;
            return share;
        } finally {
            if (!taken) {
                share.close();
            }
        }
    }

    /** The GiB that {@code bytes} begin. */
    private static int units(long bytes) {
        return Math.toIntExact((bytes + (1L << UNIT) - 1) >> UNIT);
    }

    private void collect(int count, int total) throws IOException, InterruptedException {
        Optional<FileClaim> gate = FileClaim.of(directory.resolve(GATE));
        while (gate.isEmpty()) {
            pause();
            gate = FileClaim.of(directory.resolve(GATE));
        }
        try (FileClaim collecting = gate.get()) {
            collectOneByOne(count, total);
        }
    }

    private void collectOneByOne(int count, int total) throws IOException, InterruptedException {
        while (true) {
            for (int unit = 1; unit <= total && claims.size() < count; unit++) {
                FileClaim.of(directory.resolve("gibibyte-" + unit)).ifPresent(claims::add);
            }
            if (claims.size() == count) {
                return;
            }
            pause();
        }
    }

    private void pause() throws InterruptedException {
        if (!told) {
            told = true;
            waiting.run();
        }
        Thread.sleep(PAUSE_MILLISECONDS);
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        for (FileClaim claim : claims) {
            claim.close();
        }
        claims.clear();
    }
}
