package dev.cortado.drivers.xen.ipc;

import dev.cortado.drivers.xen.connection.Link;
import dev.cortado.drivers.xen.connection.ServiceName;
import dev.cortado.drivers.xen.connection.ServiceSide;
import dev.cortado.drivers.xen.store.Permission;
import dev.cortado.drivers.xen.store.Transaction;
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
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A service's door: connections that clients in other domains make. */
public final class DomainListener implements AutoCloseable {
    /** Connections that nobody has taken yet, and those of one domain among them. */
    private static final int BACKLOG = 16;

    private static final int BACKLOG_A_DOMAIN = 4;

    /** Before clients are looked at again for whom there was no memory. */
    private static final long PAUSE_MILLISECONDS = 100;

    private final XenStore store;
    private final ServiceSide side;
    private final int kind;
    private final String path;
    private final Set<Integer> admitted = new TreeSet<>();
    private final WatchQueue queue = new WatchQueue();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<DomainChannel> waiting = new ArrayDeque<>();
    private final Thread thread;

    /** Nodes of clients that were looked at. */
    private Set<String> known = new HashSet<>();

    private Watch watch;
    private volatile int owner;
    private volatile boolean closed;

    DomainListener(XenStore store, ServiceSide side, String name, int kind, int[] domains) {
        this.store = store;
        this.side = side;
        this.kind = kind;
        path = ServiceName.own(name);
        addAll(domains);
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
            setPermissions(transaction, self);
            return null;
        });
        owner = self;
    }

    /** Also lets these domains connect from now on. */
    public void admit(int... domains) throws IOException {
        addAll(domains);
        store.inTransaction(transaction -> {
            setPermissions(transaction, owner);
            return null;
        });
    }

    private void addAll(int[] domains) {
        synchronized (admitted) {
            for (int domain : domains) {
                if (domain < 0 && domain != Domains.ALL) {
                    throw new IllegalArgumentException("No number of a domain: " + domain);
                }
                admitted.add(domain);
            }
        }
    }

    /** Xenstore lets others in as well, such as dom0; and a node may be older than a restore. */
    private boolean isAdmitted(int domain) {
        synchronized (admitted) {
            return admitted.contains(Domains.ALL) || admitted.contains(domain);
        }
    }

    private void setPermissions(Transaction transaction, int self) throws IOException {
        transaction.setPermissions(path, permissions(self, Permission.Access.READ));
        transaction.setPermissions(path + "/clients", permissions(self, Permission.Access.BOTH));
    }

    /** The first one is the owner's, who may do all, and says what those may who are not named. */
    private List<Permission> permissions(int self, Permission.Access access) {
        List<Permission> all = new ArrayList<>();
        synchronized (admitted) {
            boolean open = admitted.contains(Domains.ALL);
            all.add(new Permission(self, open ? access : Permission.Access.NONE));
            for (int domain : admitted) {
                if (domain != Domains.ALL) {
                    all.add(new Permission(domain, access));
                }
            }
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
                while (!isLooked()) {
                    Thread.sleep(PAUSE_MILLISECONDS);
                }
            }
        } catch (InterruptedException | IOException e) {
            // Who accepts hears of it.
        } finally {
            end();
        }
    }

    /** False: there is no memory for it now, and nobody tells of clients again. */
    private boolean isLooked() throws IOException {
        try {
            look();
            return true;
        } catch (OutOfMemoryError e) {
            return false;
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
            if (!isAdmitted(client)) {
                throw new IOException("Domain " + client + " may not use this service");
            }
            if (isFull(client)) {
                throw new IOException("Too many connections wait");
            }
            add(client, side.accept(client, offer, kind));
            store.write(node, ServiceName.ACCEPTED);
        } catch (IOException e) {
            store.remove(node);
        }
    }

    private boolean isFull(int client) {
        lock.lock();
        try {
            long own = waiting.stream().filter(channel -> channel.peer() == client).count();
            return waiting.size() >= BACKLOG || own >= BACKLOG_A_DOMAIN;
        } finally {
            lock.unlock();
        }
    }

    private void add(int client, Link link) {
        boolean isWaiting = false;
        lock.lock();
        try {
            if (!closed) {
                waiting.add(new DomainChannel(client, link));
                isWaiting = true;
                changed.signal();
            }
        } finally {
            lock.unlock();
            if (!isWaiting) {
                link.close();
            }
        }
    }

    /** Ends the service; connections that were accepted go on. */
    @Override
    public void close() throws IOException {
        end();
        thread.interrupt();
        lock.lock();
        try {
            for (DomainChannel one = waiting.poll(); one != null; one = waiting.poll()) {
                one.close();
            }
        } finally {
            lock.unlock();
        }
        if (watch != null) {
            watch.close();
        }
        store.remove(path);
    }
}
