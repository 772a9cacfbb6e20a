package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.xen.store.FakeXenstored;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The backend's half of a disk in xenstore, as Linux's xen-blkback follows its frontend: it sees
 * the state that there is when it looks, and not each that there was; comes to INIT_WAIT only when
 * it has closed; and keeps the ring of a connection as long as something of it is under way, with
 * which it refuses another connection.
 */
final class FollowingBackend implements AutoCloseable {
    private static final String FRONT = XenBlockCase.FRONT;
    private static final String BACK = XenBlockCase.BACK;
    private static final int MOST_PAUSE_NANOS = 1_000_000;

    private final FakeXenstored xenstored;
    private final Supplier<BlockBackend> maker;
    private final Runnable publish;
    private final Random random;
    private final Thread thread = new Thread(this::run, "toolstack");
    private volatile boolean isOver;
    private volatile Throwable failure;
    private BlockBackend backend;
    private boolean isStopped;
    private String state = "2";
    private String seen = "1";

    /** How often it was asked to connect while something was under way. */
    volatile int refusals;

    /** How often it has connected. */
    volatile int connections;

    /**
     * @param maker makes a backend for what the frontend has published
     * @param publish says what there is to be said of a connected disk
     */
    FollowingBackend(
            FakeXenstored xenstored, Supplier<BlockBackend> maker, Runnable publish, long seed) {
        this.xenstored = xenstored;
        this.maker = maker;
        this.publish = publish;
        random = new Random(seed);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!isOver) {
                String now = xenstored.read(FRONT + "state");
                if (now != null && !now.equals(seen)) {
                    seen = now;
                    follow(now);
                }
                work();
                check();
                LockSupport.parkNanos(random.nextInt(MOST_PAUSE_NANOS));
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void check() {
        if (backend != null && backend.failure != null) {
            throw new AssertionError(backend.failure);
        }
    }

    /** Fails if something was wrong with what the frontend does. */
    void checkFine() {
        if (failure != null) {
            throw new AssertionError("the backend", failure);
        }
    }

    /** What is slow is done now and then. */
    private void work() {
        if (backend != null && random.nextInt(4) == 0) {
            backend.finish();
        }
    }

    private void follow(String frontend) throws Exception {
        switch (frontend) {
            case "1" -> {
                if (state.equals("6")) {
                    tell("2");
                }
            }
            case "3", "4" -> {
                if (!state.equals("4")) {
                    connect();
                }
            }
            case "5" -> tell("5");
            case "6" -> {
                disconnect();
                tell("6");
            }
            default -> throw new AssertionError("the frontend's state is " + frontend);
        }
    }

    private void connect() throws Exception {
        if (!disconnect()) {
            refusals++;
            tell("5");
            return;
        }
        backend = maker.get().start();
        isStopped = false;
        connections++;
        publish.run();
        tell("4");
    }

    private boolean disconnect() throws Exception {
        if (backend == null) {
            return true;
        }
        if (!isStopped) {
            backend.stop();
            isStopped = true;
        }
        if (backend.isBusy()) {
            return false;
        }
        backend.close();
        backend = null;
        return true;
    }

    private void tell(String next) {
        state = next;
        xenstored.write(BACK + "state", next);
    }

    @Override
    public void close() throws Exception {
        isOver = true;
        thread.join();
        checkFine();
        if (backend != null) {
            backend.finish();
            backend.close();
        }
    }
}
