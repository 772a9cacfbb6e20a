package dev.cortado.drivers.block.controller;

import dev.cortado.kernel.device.DeviceFaults;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The requests of a queue that are under way, each with a number below that of the slots. Who makes
 * one waits for its answer, until the device's time for it is over.
 */
public final class RequestTable {
    /** Gives a request to the device, under the table's lock. */
    public interface Submission {
        void submit(int slot) throws IOException;
    }

    /** Looks at an answer, under the table's lock: the slot is still the request's. */
    public interface Conclusion<T> {
        T conclude(int slot, long answer) throws IOException;
    }

    /** Takes answers from the device, under the table's lock. */
    public interface Service {
        void run() throws IOException;
    }

    private final RequestGroup group;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition[] answered;
    private final UnderWay<?>[] underWay;
    private final boolean[] finished;
    private final long[] answers;
    private final int[] freeSlots;
    private int free;

    /** Requests that wait until they are alone, or are. */
    private int alone;

    private boolean isAlone;

    RequestTable(RequestGroup group, int slots) {
        this.group = group;
        answered = new Condition[slots];
        underWay = new UnderWay<?>[slots];
        finished = new boolean[slots];
        answers = new long[slots];
        freeSlots = new int[slots];
        for (int i = slots - 1; i >= 0; i--) {
            answered[i] = lock.newCondition();
            freeSlots[free++] = i;
        }
    }

    public int slots() {
        return freeSlots.length;
    }

    /**
     * Makes a request and waits for its answer.
     *
     * @throws IOException as the conclusion, or the driver is at its end
     */
    public <T> T run(Submission submission, Conclusion<T> conclusion) throws IOException {
        return begin(submission, conclusion, true).await();
    }

    /**
     * Makes a request, for whose answer one waits later. Its slot is taken until then.
     *
     * @param waits for a slot: who has requests under way must not, lest all wait for each other
     * @return null if there is no slot, and it does not wait
     * @throws IOException the driver is at its end
     */
    public <T> Request<T> begin(Submission submission, Conclusion<T> conclusion, boolean waits)
            throws IOException {
        lock.lock();
        try {
            group.checkAlive();
            if (!waits && isFull()) {
                return null;
            }
            await(this::isFull);
            return submit(submission, conclusion);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return free == 0 || alone > 0;
    }

    /** As {@link #run}, while no other request is under way in this table. */
    public <T> T runAlone(Submission submission, Conclusion<T> conclusion) throws IOException {
        boolean isTurn = false;
        lock.lock();
        alone++;
        try {
            await(() -> free < freeSlots.length || isAlone);
            isAlone = true;
            isTurn = true;
            return submit(submission, conclusion).awaitLocked();
        } finally {
            isAlone &= !isTurn;
            alone--;
            room.signalAll();
            lock.unlock();
        }
    }

    private interface Full {
        boolean isFull();
    }

    private void await(Full full) throws IOException {
        group.checkAlive();
        while (full.isFull()) {
            room.awaitUninterruptibly();
            group.checkAlive();
        }
    }

    /** All that takes memory is done before: what is submitted has to be waited for. */
    private <T> UnderWay<T> submit(Submission submission, Conclusion<T> conclusion)
            throws IOException {
        int slot = freeSlots[free - 1];
        UnderWay<T> request = new UnderWay<>(slot, conclusion);
        underWay[slot] = request;
        finished[slot] = false;
        free--;
        boolean isSubmitted = false;
        try {
            submission.submit(slot);
            isSubmitted = true;
        } finally {
            if (!isSubmitted) {
                release(slot);
            }
        }
        return request;
    }

    private void release(int slot) {
        underWay[slot] = null;
        freeSlots[free++] = slot;
        room.signalAll();
    }

    private final class UnderWay<T> implements Request<T> {
        private final int slot;
        private final Conclusion<T> conclusion;
        private final long end = System.nanoTime() + group.patience();

        UnderWay(int slot, Conclusion<T> conclusion) {
            this.slot = slot;
            this.conclusion = conclusion;
        }

        @Override
        public T await() throws IOException {
            lock.lock();
            try {
                return awaitLocked();
            } finally {
                lock.unlock();
            }
        }

        T awaitLocked() throws IOException {
            try {
                awaitAnswer(slot, end);
                group.checkAlive(); // or the slot's memory may be somebody else's
                return conclusion.conclude(slot, answers[slot]);
            } finally {
                release(slot);
            }
        }
    }

    /** Until the device has answered, or was stopped: only then is the buffer the caller's. */
    private void awaitAnswer(int slot, long end) throws IOException {
        boolean interrupted = false;
        try {
            while (!finished[slot]) {
                group.checkStopped();
                long left = end - System.nanoTime();
                try {
                    if (left <= 0) {
                        failSilent();
                    } else if (group.isSetUpHere()) {
                        takeTurn(left);
                    } else {
                        answered[slot].awaitNanos(left);
                    }
                } catch (InterruptedException e) {
                    interrupted = true; // afterwards
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void failSilent() {
        lock.unlock();
        try {
            group.failSilent();
        } finally {
            lock.lock();
        }
    }

    private void takeTurn(long left) throws IOException, InterruptedException {
        lock.unlock();
        try {
            group.takeTurn(left);
        } finally {
            lock.lock();
        }
    }

    /** Takes answers; nothing once the driver is at its end. What is wrong with them is its end. */
    public void serve(Service service) {
        IOException wrong = null;
        lock.lock();
        try {
            if (group.isAlive()) {
                service.run();
            }
        } catch (IOException e) {
            wrong = e;
        } finally {
            lock.unlock();
        }
        if (wrong != null) {
            DeviceFaults.add(group.name(), DeviceFaults.Kind.WILD_ANSWER);
            group.fail(wrong);
        }
    }

    /** Whether a request of that number waits for its answer. Under the table's lock. */
    public boolean isUnderWay(int slot) {
        return slot >= 0 && slot < underWay.length && underWay[slot] != null && !finished[slot];
    }

    /**
     * The device has answered. Under the table's lock.
     *
     * @param answer for the conclusion
     * @throws IOException no request of that number waits for one
     */
    public void finish(int slot, long answer) throws IOException {
        if (!isUnderWay(slot)) {
            throw new IOException(
                    group.name() + ": an answer to request " + slot + ", which nobody waits for");
        }
        answers[slot] = answer;
        finished[slot] = true;
        answered[slot].signal();
        group.countAnswer();
    }

    /** Who waits looks whether the driver is at its end. */
    void look() {
        lock.lock();
        try {
            for (Condition condition : answered) {
                condition.signal();
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
