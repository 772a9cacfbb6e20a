package com.oracle.svm.hosted;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * An executor that never runs anything, in place of those that print the builder's progress once a
 * second. They would print from a thread of their own, and what that thread uses for the first time
 * would be a matter of time.
 */
public final class IdleExecutor {
    private IdleExecutor() {}

    public static ScheduledExecutorService create() {
        ScheduledExecutorService executor =
                new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());
        executor.shutdown();
        return executor;
    }
}
