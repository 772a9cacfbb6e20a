package dev.cortado.drivers.xen.frontend;

import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Grants and event channels of one domain of the host, and what a backend does with them: it finds
 * a page only by a grant that is there.
 */
public final class FakeAccess implements BackendAccess {
    /** A page that a backend may use. */
    public record Grant(int domain, long page, boolean readOnly) {}

    /** The end of an event channel; the other one is whatever runs {@link #sent}. */
    public static final class Port implements PeerPort {
        private final int number;
        private boolean pending;
        public boolean closed;
        public int sends;
        public Runnable sent = () -> {};

        Port(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public void send() {
            sends++;
            sent.run();
        }

        @Override
        public synchronized boolean await(long waiter, long deadline) throws InterruptedException {
            while (!pending) {
                long left = deadline == Long.MAX_VALUE ? deadline : deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(Math.min(left / 1_000_000 + 1, 60_000));
            }
            pending = false;
            return true;
        }

        @Override
        public synchronized void wake() {
            pending = true;
            notifyAll();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    public final HostMemory memory;
    public final Map<Integer, Grant> grants = new HashMap<>();
    public final Map<Integer, Port> ports = new HashMap<>();

    /** Grants that a backend has not let go of. */
    public final Map<Integer, Integer> used = new HashMap<>();

    /** Grants that were ended, in their order. */
    public final List<Integer> ended = new ArrayList<>();

    /** No more than these at once. */
    public int most = Integer.MAX_VALUE;

    /** As if there were none for the next end of a grant. */
    public boolean lacksMemory;

    /** After so many grants there is none for one more. */
    public int grantsWithMemory = Integer.MAX_VALUE;

    private int last = 7;

    public FakeAccess(HostMemory memory) {
        this.memory = memory;
    }

    @Override
    public HostMemory memory() {
        return memory;
    }

    @Override
    public synchronized int grant(int domain, long deviceAddress, boolean readOnly) {
        if (grants.size() >= most) {
            return NONE;
        }
        if (grantsWithMemory-- <= 0) {
            throw new OutOfMemoryError("to make a grant");
        }
        if (deviceAddress % PAGE_BYTES != 0) {
            throw new AssertionError("no page: " + deviceAddress);
        }
        grants.put(++last, new Grant(domain, deviceAddress - HostFrames.DEVICE_OFFSET, readOnly));
        return last;
    }

    @Override
    public synchronized boolean end(int reference) {
        if (lacksMemory) {
            lacksMemory = false;
            throw new OutOfMemoryError("to end a grant");
        }
        if (used.containsKey(reference)) {
            return false;
        }
        if (grants.remove(reference) == null) {
            throw new AssertionError("no grant " + reference);
        }
        ended.add(reference);
        return true;
    }

    @Override
    public synchronized PeerPort offerPort(int domain) {
        Port port = new Port(++last);
        ports.put(port.number, port);
        return port;
    }

    /** Grants that there are. */
    public synchronized int count() {
        return grants.size();
    }

    /** Where a granted page is; fails the test if it is not. */
    public synchronized long page(int reference, boolean write) {
        Grant grant = grants.get(reference);
        if (grant == null || write && grant.readOnly) {
            throw new AssertionError("page " + reference + " is " + grant);
        }
        return grant.page;
    }

    /** After a restore nothing is granted. */
    public synchronized void forget() {
        grants.clear();
        used.clear();
    }
}
