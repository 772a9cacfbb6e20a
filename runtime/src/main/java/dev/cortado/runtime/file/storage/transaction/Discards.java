package dev.cortado.runtime.file.storage.transaction;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.util.function.Consumer;

/**
 * Tells a disk of the blocks that a transaction has freed, when that is on the disk for good and
 * before anybody can have them again. A disk that refuses is not told any more.
 */
final class Discards {
    private final Storage storage;
    private final int blockBytes;
    private final Consumer<String> problems;
    private boolean isRefused;

    Discards(Storage storage, int blockBytes, Consumer<String> problems) {
        this.storage = storage;
        this.blockBytes = blockBytes;
        this.problems = problems;
    }

    /** One call at a time. */
    void run(Snapshot committed) {
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
        if (count == 0 || isRefused) {
            return;
        }
        try {
            storage.discard(first * blockBytes, count * blockBytes);
        } catch (FileException e) {
            isRefused = true;
            problems.accept(storage.name() + ": nothing is discarded any more: " + e.getMessage());
        }
    }
}
