package sun.nio.ch;

import java.io.IOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.IllegalChannelGroupException;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A group of asynchronous channels of a guest: a list on which open files put themselves when they
 * become ready, as that of {@link ReadySelector}. One of the group's threads waits at the list and
 * shares what it gets with the others, which wait for that. A channel asks for one event at a time.
 *
 * <p>Belongs into {@code java.base}.
 */
final class ReadyPort extends Port {
    private static final long FOR_EVER = -1;

    private static ReadyPort defaultPort;

    private final Object list = ReadySelector.newList();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What channels have asked for, by their numbers. */
    private final Map<Integer, Watch> watches = new HashMap<>();

    /** What threads are to do. */
    private final Queue<Event> events = new ArrayDeque<>();

    /** Whether a thread waits at the list. */
    private boolean isAwaited;

    private boolean isClosed;

    /** A channel that has become ready; without one, a task of the group or the end of it. */
    private record Event(PollableChannel channel, int state) {
        static final Event TASK = new Event(null, 0);
    }

    /** What one channel waits for; 0 for nothing. */
    private static final class Watch {
        final int number;
        Object registration;
        int wanted;

        Watch(int number) {
            this.number = number;
        }
    }

    private ReadyPort(AsynchronousChannelProvider provider, ThreadPool pool) {
        super(provider, pool);
    }

    private ReadyPort start() {
        startThreads(this::run);
        return this;
    }

    static AsynchronousChannelGroup open(
            AsynchronousChannelProvider provider, int threads, ThreadFactory factory) {
        return new ReadyPort(provider, ThreadPool.create(threads, factory)).start();
    }

    static AsynchronousChannelGroup open(
            AsynchronousChannelProvider provider, ExecutorService executor, int threads) {
        return new ReadyPort(provider, ThreadPool.wrap(executor, threads)).start();
    }

    /** The group, or that of those who have named none. */
    static Port of(AsynchronousChannelProvider provider, AsynchronousChannelGroup group) {
        if (group == null) {
            return defaultPort(provider);
        }
        if (group instanceof ReadyPort port) {
            return port;
        }
        throw new IllegalChannelGroupException();
    }

    private static synchronized ReadyPort defaultPort(AsynchronousChannelProvider provider) {
        if (defaultPort == null) {
            defaultPort = new ReadyPort(provider, ThreadPool.getDefault()).start();
        }
        return defaultPort;
    }

    @Override
    void startPoll(int number, int wanted) {
        lock.lock();
        try {
            Watch watch = watches.computeIfAbsent(number, Watch::new);
            watch.wanted = wanted;
            if (watch.registration == null) {
                watch.registration = ReadySelector.watch(list, number, wanted, watch);
            } else {
                ReadySelector.setEvents(watch.registration, wanted);
            }
        } catch (IOException e) {
            throw new AssertionError(e); // a channel's file is open as long as the channel is used
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void preUnregister(int number) {
        lock.lock();
        try {
            Watch watch = watches.remove(number);
            if (watch != null) {
                watch.wanted = 0;
                ReadySelector.forget(watch.registration);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    void executeOnHandlerTask(Runnable task) {
        lock.lock();
        try {
            if (isClosed) {
                throw new RejectedExecutionException();
            }
            offerTask(task);
            wakeOne();
        } finally {
            lock.unlock();
        }
    }

    /** Each thread is to find that there is no task. */
    @Override
    void shutdownHandlerTasks() {
        int threads = threadCount();
        if (threads == 0) {
            release();
        }
        lock.lock();
        try {
            for (int i = 0; i < threads; i++) {
                wakeOne();
            }
        } finally {
            lock.unlock();
        }
    }

    /** With {@link #lock} held. */
    private void wakeOne() {
        events.add(Event.TASK);
        changed.signal();
        if (isAwaited) {
            ReadySelector.wake(list);
        }
    }

    private void release() {
        lock.lock();
        try {
            isClosed = true;
            watches.values().forEach(watch -> ReadySelector.forget(watch.registration));
            watches.clear();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean isReplaced = false;
        try {
            Invoker.GroupAndInvokeCount count = Invoker.getGroupAndInvokeCount();
            while (true) {
                if (count != null) {
                    count.resetInvokeCount();
                }
                isReplaced = false;
                Event event = next();
                Runnable task = event.channel() == null ? pollTask() : null;
                if (event.channel() == null && task == null) {
                    return;
                }
                isReplaced = true; // if it throws
                if (task != null) {
                    task.run();
                } else {
                    event.channel().onEvent(event.state(), count != null);
                }
            }
        } finally {
            if (threadExit(this::run, isReplaced) == 0 && isShutdown()) {
                release();
            }
        }
    }

    private Event next() {
        lock.lock();
        try {
            while (true) {
                Event event = events.poll();
                if (event != null) {
                    return event;
                }
                if (isAwaited) {
                    changed.awaitUninterruptibly();
                } else {
                    awaitList();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** With {@link #lock} held, which it gives up meanwhile. */
    private void awaitList() {
        isAwaited = true;
        Object[] ready = {};
        lock.unlock();
        try {
            ready = ReadySelector.await(list, FOR_EVER);
        } finally {
            lock.lock();
            isAwaited = false;
            for (int i = 0; i < ready.length; i += 2) {
                add((Watch) ready[i], (Integer) ready[i + 1]);
            }
            changed.signalAll();
        }
    }

    /** What it asked for is told once. It may have gone, or wait for something else by now. */
    private void add(Watch watch, int state) {
        boolean isFailure = (state & ~(Net.POLLIN | Net.POLLOUT)) != 0;
        if (watch.wanted == 0 || !isFailure && (state & watch.wanted) == 0) {
            return;
        }
        watch.wanted = 0;
        ReadySelector.setEvents(watch.registration, 0);
        PollableChannel channel = channel(watch.number);
        if (channel != null) {
            events.add(new Event(channel, state));
        }
    }

    private PollableChannel channel(int number) {
        fdToChannelLock.readLock().lock();
        try {
            return fdToChannel.get(number);
        } finally {
            fdToChannelLock.readLock().unlock();
        }
    }
}
