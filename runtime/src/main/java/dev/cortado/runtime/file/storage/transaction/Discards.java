package dev.cortado.runtime.file.storage.transaction;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.util.function.Consumer;

/**
 * Tells a disk of the blocks that a transaction has freed, when that is on the disk for good and
 * before anybody can have them again. A disk that refuses is not told any more.
 */
final class Discards {
    /** Of one commit, which others wait for: a file in many pieces is not told of as a whole. */
    private static final int MOST_REQUESTS = 256;

    private final Storage storage;
    private final int blockBytes;
    private final Consumer<String> problems;
    private boolean isRefused;
    private int requests;

    Discards(Storage storage, int blockBytes, Consumer<String> problems) {
        this.storage = storage;
        this.blockBytes = blockBytes;
        this.problems = problems;
    }

    /** One call at a time. */
    void run(Snapshot committed) {
        requests = 0;
        committed
                .held()
                .forEach((first, count) -> {
                    long from = first;
                    // What was changed after it was freed is somebody's.
                    for (long changed : committed.images().subMap(first, first + count).keySet()) {
                        discard(from, changed - from);
                        from = changed + 1;
                    }
                    discard(from, first + count - from);
                });
    }

    private void discard(long first, long count) {
        if (count == 0 || isRefused || requests == MOST_REQUESTS) {
            return;
        }
        requests++;
        try {
            storage.discard(first * blockBytes, count * blockBytes);
        } catch (OutOfMemoryError e) {
            requests = MOST_REQUESTS; // the next commit has memory, or not
        } catch (FileException | RuntimeException e) {
            // Whatever it was: all is committed, and nothing is lost.
            isRefused = true;
            problems.accept(storage.name() + ": nothing is discarded any more: " + e.getMessage());
        }
    }
}
