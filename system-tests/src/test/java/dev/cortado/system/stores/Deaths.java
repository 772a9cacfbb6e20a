package dev.cortado.system.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Outcome;
import dev.cortado.system.Program;
import dev.cortado.system.Session;
import dev.cortado.system.servers.Place;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;

/** A store whose machine is killed, again and again, on one disk. */
final class Deaths {
    private static final String COMMITTED = "committed ";
    private static final Pattern FOUND = Pattern.compile("found (\\d+)\n");
    private static final Pattern ACKNOWLEDGED = Pattern.compile(COMMITTED + "(\\d+)\n");

    /** A batch is not that far when the machine is killed. */
    private static final int MOST_BATCHES = 8;

    /** More than can be there without being acknowledged. */
    private static final int LAST_BATCHES = 20;

    /** Some batches' time: the machine is killed within any step of one. */
    private static final int MOST_MILLISECONDS = 700;

    private final Program program;
    private final String store;
    private final Place place;
    private final StoreDisk disk;
    private final Random random;

    /** The last batch that was said to be on the disk. */
    private int acknowledged;

    Deaths(Program program, String store, Place place, StoreDisk disk, long seed) {
        this.program = program;
        this.store = store;
        this.place = place;
        this.disk = disk;
        random = new Random(seed ^ store.hashCode());
    }

    private Session start(int batches) {
        return place.start(
                program, disk.options(), store, disk.path(place), String.valueOf(batches));
    }

    /**
     * Lets the store find what it has, go on, and be killed; then this host's e2fsck has nothing to
     * say about what a replay of the journal leaves.
     */
    void one() throws InterruptedException {
        try (Session session = start(Integer.MAX_VALUE)) {
            int found = found(session);
            int last = found + 1 + random.nextInt(MOST_BATCHES);
            session.await(COMMITTED + last + "\n");
            Thread.sleep(random.nextInt(MOST_MILLISECONDS));
            session.kill();
            Outcome outcome = session.awaitEnd();
            acknowledged = last(ACKNOWLEDGED, outcome.console());
            assertTrue(acknowledged >= last, outcome.console());
        }
        disk.image().replayed(copy()).check();
    }

    /** Lets the store find what it has, and end as it should. */
    void end() {
        int batches = acknowledged + LAST_BATCHES;
        try (Session session = start(batches)) {
            found(session);
            Outcome outcome = session.awaitEnd();
            assertEquals(0, outcome.exitCode(), outcome.console());
            assertTrue(outcome.console().endsWith("\nclosed\n"), outcome.console());
        }
        disk.image().check();
    }

    private Path copy() {
        Path file = disk.image().file();
        return file.resolveSibling(file.getFileName() + ".replayed");
    }

    private int found(Session session) {
        int found = last(FOUND, session.await("\n" + COMMITTED));
        assertTrue(
                found >= acknowledged,
                () -> "batch " + acknowledged + " was acknowledged, and " + found + " are there");
        return found;
    }

    /** The number in the last line that says this and is whole. */
    private static int last(Pattern said, String console) {
        return said.matcher(console)
                .results()
                .mapToInt(line -> Integer.parseInt(line.group(1)))
                .reduce((before, after) -> after)
                .orElseThrow(() -> new AssertionError("no \"" + said + "\" in:\n" + console));
    }
}
