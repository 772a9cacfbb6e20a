package dev.cortado.runtime.file.open;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a selector stands on: many open files of which few are ready. A file that may have become
 * ready puts itself on the list, so that asking costs as much as there are ready ones. It stays on
 * the list as long as it is ready (level-triggered, as {@code java.nio.channels.Selector} and
 * epoll's default).
 *
 * <p>No file is asked while the list is locked: files tell the list with their own locks held.
 */
public final class ReadyList {
    /** Instead of a time: as long as it takes. */
    public static final long FOR_EVER = PollWait.FOR_EVER;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private ArrayDeque<Registration> candidates = new ArrayDeque<>();
    private boolean isWoken;

    /** A file that the list watches. */
    public final class Registration {
        private final OpenFile file;
        private final Object attachment;
        private final ReadinessListener listener = this::enqueue;
        private volatile int interest;
        private volatile boolean isRemoved;

        /** Whether it is among the candidates; with {@link #lock} held. */
        private boolean isQueued;

        private Registration(OpenFile file, int interest, Object attachment) {
            this.file = file;
            this.interest = interest;
            this.attachment = attachment;
        }

        public OpenFile file() {
            return file;
        }

        public Object attachment() {
            return attachment;
        }

        /**
         * @param bits a set of {@link PollState}'s; with 0 the file is left alone, even if it fails
         */
        public void setInterest(int bits) {
            interest = bits;
            enqueue();
        }

        public void remove() {
            isRemoved = true;
            file.removeListener(listener);
        }

        private int ready() {
            int wanted = interest;
            boolean isWatched = wanted != 0 && !isRemoved;
            return isWatched ? file.pollState() & (wanted | PollState.ALWAYS) : 0;
        }

        private void enqueue() {
            if (interest == 0 || isRemoved) {
                return;
            }
            lock.lock();
            try {
                add(this);
                notEmpty.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** A file that is ready, and for what: a set of {@link PollState}'s bits. */
    public record Ready(Registration registration, int state) {}

    /** Watches a file from now on; it may be ready already. */
    public Registration add(OpenFile file, int interest, Object attachment) {
        Registration registration = new Registration(file, interest, attachment);
        file.addListener(registration.listener);
        registration.enqueue();
        return registration;
    }

    /** With {@link #lock} held. */
    private void add(Registration registration) {
        if (!registration.isQueued) {
            registration.isQueued = true;
            candidates.add(registration);
        }
    }

    /**
     * Waits until files are ready, the time is over, or {@link #wakeUp} has been called since the
     * last time.
     *
     * @param nanos how long at most, 0 for not at all, or {@link #FOR_EVER}
     * @return those that are ready
     */
    public List<Ready> await(long nanos) throws InterruptedException {
        List<Ready> ready = new ArrayList<>();
        long left = nanos;
        boolean isDone;
        do {
            left = awaitCandidates(left);
            isDone = takeWakeUp() || left == 0;
            collect(ready);
        } while (ready.isEmpty() && !isDone);
        return ready;
    }

    /** Lets who waits, or the next one who would, return at once. */
    public void wakeUp() {
        lock.lock();
        try {
            isWoken = true;
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is left of the time, 0 if it is over. */
    private long awaitCandidates(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (candidates.isEmpty() && !isWoken && left != 0) {
                if (nanos == FOR_EVER) {
                    notEmpty.await();
                } else {
                    left = Math.max(notEmpty.awaitNanos(left), 0);
                }
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    private boolean takeWakeUp() {
        lock.lock();
        try {
            boolean wasWoken = isWoken;
            isWoken = false;
            return wasWoken;
        } finally {
            lock.unlock();
        }
    }

    /** Asks the candidates, and keeps those that are ready. */
    private void collect(List<Ready> ready) {
        for (Registration registration : takeCandidates()) {
            int state = registration.ready();
            if (state != 0) {
                ready.add(new Ready(registration, state));
            }
        }
        lock.lock();
        try {
            for (Ready one : ready) {
                add(one.registration());
            }
        } finally {
            lock.unlock();
        }
    }

    private ArrayDeque<Registration> takeCandidates() {
        lock.lock();
        try {
            ArrayDeque<Registration> taken = candidates;
            candidates = new ArrayDeque<>();
            for (Registration registration : taken) {
                registration.isQueued = false;
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
