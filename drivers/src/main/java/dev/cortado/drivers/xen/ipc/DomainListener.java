package dev.cortado.drivers.xen.ipc;

import dev.cortado.drivers.xen.store.Permission;
import dev.cortado.drivers.xen.store.Watch;
import dev.cortado.drivers.xen.store.WatchQueue;
import dev.cortado.drivers.xen.store.XenStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A service's door: connections that clients in other domains make. */
public final class DomainListener implements AutoCloseable {
    /** Connections that nobody has taken yet. */
    private static final int BACKLOG = 16;

    private final XenStore store;
    private final ServiceSide side;
    private final int kind;
    private final String path;
    private final int[] domains;
    private final WatchQueue queue = new WatchQueue();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<DomainChannel> waiting = new ArrayDeque<>();
    private final Thread thread;

    /** Nodes of clients that were looked at. */
    private Set<String> known = new HashSet<>();

    private Watch watch;
    private volatile boolean closed;

    DomainListener(XenStore store, ServiceSide side, String name, int kind, int[] domains) {
        this.store = store;
        this.side = side;
        this.kind = kind;
        this.domains = domains.clone();
        path = ServiceName.own(name);
        thread = new Thread(this::run, "service " + name);
        thread.setDaemon(true);
    }

    void start(int self) throws IOException {
        publish(self);
        watch = store.watch(path + "/clients", queue);
        thread.start();
    }

    /** Makes the directory, which others may read, and that of clients, where they may write. */
    void publish(int self) throws IOException {
        store.inTransaction(transaction -> {
            transaction.remove(path);
            transaction.mkdir(path + "/clients");
            transaction.setPermissions(path, permissions(self, Permission.Access.READ));
            transaction.setPermissions(
                    path + "/clients", permissions(self, Permission.Access.BOTH));
            return null;
        });
    }

    private List<Permission> permissions(int self, Permission.Access access) {
        List<Permission> all = new ArrayList<>();
        all.add(new Permission(self, domains.length == 0 ? access : Permission.Access.NONE));
        for (int domain : domains) {
            all.add(new Permission(domain, access));
        }
        return all;
    }

    /**
     * The next connection, which is waited for.
     *
     * @return null if there is none in time
     * @throws IOException if this has been closed
     */
    public DomainChannel accept(Duration timeout) throws IOException, InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (!closed && waiting.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (closed) {
                throw new IOException("This service has been closed");
            }
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    private void run() {
        try {
            while (!closed) {
                queue.take();
                look();
            }
        } catch (InterruptedException | IOException e) {
            end();
        }
    }

    private void end() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void look() throws IOException {
        Set<String> now = new HashSet<>(store.directoryOrEmpty(path + "/clients"));
        for (String client : now) {
            if (!known.contains(client)) {
                look(path + "/clients/" + client);
            }
        }
        known = now;
    }

    /** An offer that is no good is removed, by which the client sees that it is refused. */
    private void look(String node) throws IOException {
        try {
            String offer = store.readText(node);
            int client = store.permissions(node).get(0).domain();
            if (isFull()) {
                throw new IOException("Too many connections wait");
            }
            add(new DomainChannel(client, side.accept(client, offer, kind)));
            store.write(node, ServiceName.ACCEPTED);
        } catch (IOException e) {
            store.remove(node);
        }
    }

    private boolean isFull() {
        lock.lock();
        try {
            return waiting.size() >= BACKLOG;
        } finally {
            lock.unlock();
        }
    }

    private void add(DomainChannel channel) {
        lock.lock();
        try {
            waiting.add(channel);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the service; connections that were accepted go on. */
    @Override
    public void close() throws IOException {
        end();
        thread.interrupt();
        for (DomainChannel one = waiting.poll(); one != null; one = waiting.poll()) {
            one.close();
        }
        if (watch != null) {
            watch.close();
        }
        store.remove(path);
    }
}
