package dev.cortado.kernel.ipc;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A service that is started again when it dies. Each life has a thread and a {@link Server} of its
 * own; the thread of a life that has ended waits for the delay and starts the next one.
 */
public final class SupervisedService<Q, R> {
    /** Between two tries to start a life for which there is no memory, in nanoseconds. */
    private static final long LEAST_PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private final String name;
    private final Supplier<? extends Service<Q, R>> factory;
    private final RestartHistory history;
    private final long patience;
    private final ServiceListener listener;
    private final Endpoint<Q, R> endpoint;
    private final CountDownLatch ended = new CountDownLatch(1);

    // Guarded by this.
    private Server<Q, R> server;
    private Thread thread;
    private int restarts;

    /** Written with this object's lock. */
    private volatile boolean stopping;

    SupervisedService(
            String name,
            Supplier<? extends Service<Q, R>> factory,
            Contract contract,
            RestartPolicy policy,
            ServiceListener listener) {
        this.name = Objects.requireNonNull(name);
        this.factory = Objects.requireNonNull(factory);
        this.listener = Objects.requireNonNull(listener);
        history = new RestartHistory(policy);
        patience = Math.max(LEAST_PATIENCE, policy.longestDelay().toNanos());
        server = new Server<>(contract);
        endpoint = server.endpoint();
    }

    /** For those who may call it; outlives its deaths. */
    public Endpoint<Q, R> endpoint() {
        return endpoint;
    }

    /** How often it has been started again. */
    public synchronized int restarts() {
        return restarts;
    }

    /** Ends it for good: closes its endpoint and interrupts its thread. */
    public synchronized void stop() {
        stopping = true;
        server.close();
        thread.interrupt();
    }

    /**
     * Waits until it has ended for good; false if that was not in time. Its own thread does not
     * wait for itself: false at once.
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return awaitEnd(TimeUnit.NANOSECONDS.convert(timeout));
    }

    private boolean awaitEnd(long nanoseconds) throws InterruptedException {
        return ended.await(isOwnThread() ? 0 : nanoseconds, TimeUnit.NANOSECONDS);
    }

    private synchronized boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    /** As {@link #awaitEnd}; who interrupts the thread meanwhile has done so afterwards. */
    public boolean awaitEndUninterruptibly(Duration timeout) {
        long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return awaitEnd(end - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void start() {
        begin(false);
    }

    /** Starts the thread of a life. */
    private synchronized void begin(boolean isRestart) {
        Server<Q, R> life = server;
        Thread next =
                Thread.ofPlatform()
                        .daemon()
                        .name("service " + name)
                        .unstarted(() -> live(life, isRestart));
        next.start();
        // Until then it is the one before, which waits if there is no memory for a next one.
        thread = next;
    }

    /**
     * A life. Telling of the restart in it, and not in the thread of the life before, keeps the
     * order for the listener: a life is told of before it answers a call, and before its own death.
     */
    private void live(Server<Q, R> life, boolean isRestart) {
        boolean goesOn = false;
        try {
            if (isRestart) {
                tell(() -> listener.restarted(name));
            }
            factory.get().run(life);
        } catch (Throwable e) {
            goesOn = survives(life, e);
        } finally {
            if (!goesOn) {
                life.close();
                ended.countDown();
            }
        }
    }

    /** Whatever a listener throws ends nothing but what it is told. */
    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (Throwable e) {
            // There may be no memory for a line about it.
        }
    }

    /**
     * The service has died of an exception; true if the next life has begun. What there is no
     * memory for is tried again until there is, a new thread above all: users of a service that
     * nobody starts would wait for ever. Nobody hears twice of a death, unless it is the last.
     */
    private boolean survives(Server<Q, R> life, Throwable cause) {
        OptionalLong delay = null;
        boolean isTold = false;
        while (!stopping) {
            try {
                life.abandon(cause);
                if (delay == null) {
                    delay = history.died(System.nanoTime());
                }
                if (delay.isEmpty()) {
                    // Those who wait for its restart wait no more.
                    life.close();
                    listener.gaveUp(name, cause);
                    return false;
                }
                if (!isTold) {
                    isTold = true;
                    Duration restartIn = Duration.ofNanos(delay.getAsLong());
                    tell(() -> listener.died(name, cause, restartIn));
                    await(delay.getAsLong());
                }
                return restart(cause);
            } catch (OutOfMemoryError e) {
                await(patience);
            }
        }
        return false;
    }

    /** Until the next life has begun, those who call hear that the one before has died. */
    private synchronized boolean restart(Throwable cause) {
        if (stopping) {
            return false;
        }
        if (thread != Thread.currentThread()) {
            return true; // memory lacked only to say so
        }
        server = server.successor();
        boolean hasBegun = false;
        try {
            begin(true);
            hasBegun = true;
            restarts++;
        } finally {
            if (!hasBegun) {
                server.abandon(cause);
            }
        }
        return true;
    }

    /** Less if it is stopped, or interrupted for no reason: then what comes next is early. */
    private void await(long nanoseconds) {
        // The service may have left an interrupt behind; that of stop comes with a flag.
        Thread.interrupted();
        long begin = System.nanoTime();
        try {
            if (!stopping) {
                TimeUnit.NANOSECONDS.sleep(nanoseconds);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) {
            // A thread's first sleep takes some.
            while (!stopping && System.nanoTime() - begin < nanoseconds) {
                Thread.yield();
            }
        }
    }
}
