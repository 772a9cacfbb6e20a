package dev.cortado.runtime.network;

import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.time.NetworkClock;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.concurrent.locks.LockSupport;

/** The thread that runs a stack's timers, and what was sent to ourselves. */
final class NetworkThread {
    private final NetworkClock clock;
    private volatile NetworkStack stack;
    private volatile Thread thread;

    /** Somebody has called: a permit alone may be used up by a lock that it waits for. */
    private volatile boolean asked;

    NetworkThread(NetworkClock clock) {
        this.clock = clock;
    }

    /** Lets it look what there is to do now. Any thread may; before the start it does nothing. */
    void wake() {
        Thread started = thread;
        // It looks by itself before it sleeps.
        if (started != null && started != Thread.currentThread()) {
            asked = true;
            LockSupport.unpark(started);
        }
    }

    void start(NetworkStack started) {
        stack = started;
        thread = Thread.ofPlatform().daemon().name("network").unstarted(this::run);
        thread.start();
    }

    private void run() {
        while (true) {
            try {
                serve();
            } catch (Throwable e) {
                // One packet's or timer's fault is not the others', nor is a want of memory.
                StackFault.report(stack.drops(), e);
            }
        }
    }

    private void serve() {
        while (true) {
            asked = false;
            stack.service(clock.nanoTime());
            long delay = stack.nextDelay(clock.nanoTime());
            // No lock from here to the sleep: whoever calls in between leaves a permit.
            if (!asked) {
                sleep(delay);
            }
            // An interrupt means nothing here, and would keep it from sleeping.
            Thread.interrupted();
        }
    }

    private void sleep(long delay) {
        if (delay == TimerQueue.NEVER) {
            LockSupport.park(this);
        } else if (delay > 0) {
            LockSupport.parkNanos(this, delay);
        }
    }
}
