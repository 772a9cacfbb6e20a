package dev.cortado.kernel.machine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is still to be done when the program has ended, before the machine does: an operating system
 * would go on with it. Not after a panic.
 */
public final class LastTasks {
    private static final List<Runnable> TASKS = new CopyOnWriteArrayList<>();

    private LastTasks() {}

    /**
     * Adds one.
     *
     * @param task waits for nobody for longer than a few seconds
     */
    public static void add(Runnable task) {
        TASKS.add(task);
    }

    /** Does them all. */
    public static void run() {
        for (Runnable task : TASKS) {
            task.run();
        }
    }
}
