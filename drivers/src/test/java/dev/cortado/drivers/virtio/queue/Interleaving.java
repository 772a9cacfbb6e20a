package dev.cortado.drivers.virtio.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Two threads whose steps follow a schedule, and the enumeration of all schedules: at each step at
 * which both could go on, first one does, in another run the other.
 */
final class Interleaving {
    private final List<Integer> choices;
    private final List<Integer> made = new ArrayList<>();
    private final Semaphore[] turns = {new Semaphore(0), new Semaphore(0)};
    private final boolean[] ended = new boolean[2];
    private final Semaphore finished = new Semaphore(0);
    private volatile Throwable failure;

    private Interleaving(List<Integer> choices) {
        this.choices = choices;
    }

    interface Side {
        void run(Runnable turn) throws Exception;
    }

    interface Game {
        Side[] sides();

        /** After both have ended. */
        void check();
    }

    interface Games {
        Game begin();
    }

    /** Plays all schedules and returns how many there were. */
    static int all(Games games) throws InterruptedException {
        List<Integer> prefix = new ArrayList<>();
        int count = 0;
        while (true) {
            Interleaving one = new Interleaving(prefix);
            one.play(games.begin());
            count++;
            List<Integer> next = new ArrayList<>(one.made);
            while (!next.isEmpty() && next.get(next.size() - 1) != 0) {
                next.remove(next.size() - 1); // both ways tried, or only one way
            }
            if (next.isEmpty()) {
                return count;
            }
            next.set(next.size() - 1, 1);
            prefix = next;
        }
    }

    private void play(Game game) throws InterruptedException {
        Side[] sides = game.sides();
        for (int i = 0; i < 2; i++) {
            int self = i;
            Thread.ofVirtual()
                    .start(() -> {
                        turns[self].acquireUninterruptibly();
                        try {
                            sides[self].run(() -> step(self));
                        } catch (Throwable e) {
                            failure = e;
                        }
                        ended[self] = true;
                        if (ended[1 - self]) {
                            finished.release();
                        } else {
                            turns[1 - self].release();
                        }
                    });
        }
        turns[choose()].release();
        finished.acquire();
        if (failure != null) {
            throw new AssertionError("schedule " + made, failure);
        }
        try {
            game.check();
        } catch (AssertionError e) {
            throw new AssertionError("schedule " + made, e);
        }
    }

    private int choose() {
        int choice = made.size() < choices.size() ? choices.get(made.size()) : 0;
        made.add(choice);
        return choice;
    }

    private void step(int self) {
        if (ended[1 - self]) {
            return; // no choice
        }
        int next = choose();
        if (next != self) {
            turns[next].release();
            turns[self].acquireUninterruptibly();
        }
    }
}
