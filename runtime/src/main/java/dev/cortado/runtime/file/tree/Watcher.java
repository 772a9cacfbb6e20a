package dev.cortado.runtime.file.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who watches directories: events in the order in which they happened, until somebody takes them.
 * Of those that nobody takes it keeps {@value #MAXIMUM_EVENTS}, as Linux does (inotify(7),
 * max_queued_events), and instead of more the word that some are lost.
 */
public final class Watcher {
    static final int MAXIMUM_EVENTS = 16384;

    private static final FileEvent OVERFLOW = new FileEvent(null, FileEvent.Kind.OVERFLOW, null);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<FileEvent> events = new ArrayDeque<>();
    private boolean isWoken;

    /** Holds no other lock. Who does the same thing twice in a row is told of once. */
    void add(FileEvent event) {
        lock.lock();
        try {
            // That a directory is gone is told once, so that these are limited without a limit.
            boolean isLast = event.kind() == FileEvent.Kind.GONE;
            FileEvent kept = isLast || events.size() < MAXIMUM_EVENTS ? event : OVERFLOW;
            if (!kept.equals(events.peekLast())) {
                events.add(kept);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something has happened, or somebody {@linkplain #wake wakes} it.
     *
     * @return what has happened since the call before, the oldest first; nothing if it was woken
     */
    public List<FileEvent> await() {
        lock.lock();
        try {
            while (events.isEmpty() && !isWoken) {
                changed.awaitUninterruptibly();
            }
            isWoken = false;
            List<FileEvent> taken = new ArrayList<>(events);
            events.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #await}, or the next one if nobody waits. */
    public void wake() {
        lock.lock();
        try {
            isWoken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
