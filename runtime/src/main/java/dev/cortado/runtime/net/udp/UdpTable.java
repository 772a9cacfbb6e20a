package dev.cortado.runtime.net.udp;

import dev.cortado.runtime.net.random.EphemeralPorts;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** The sockets that have a port. Who looks for one takes no lock: arrays do not change. */
final class UdpTable {
    static final int BUCKETS = 1024;
    private static final UdpSocket[] NONE = {};

    private final ReentrantLock changes = new ReentrantLock();
    private final AtomicReferenceArray<UdpSocket[]> buckets = new AtomicReferenceArray<>(BUCKETS);
    private final RandomGenerator random;

    UdpTable(RandomGenerator random) {
        this.random = random;
    }

    /** Sockets with that port, and with others. */
    UdpSocket[] candidates(int port) {
        UdpSocket[] bucket = buckets.get(port & BUCKETS - 1);
        return bucket == null ? NONE : bucket;
    }

    /**
     * Adds a socket.
     *
     * @param wanted its port, 0 for any
     * @return the port that it has now, or 0 if that is not free
     */
    int add(UdpSocket socket, long high, long low, int wanted) {
        changes.lock();
        try {
            int port =
                    wanted == 0
                            ? EphemeralPorts.choose(random, free -> isFree(socket, high, low, free))
                            : isFree(socket, high, low, wanted) ? wanted : 0;
            if (port != 0) {
                socket.setLocal(high, low, port);
                UdpSocket[] old = candidates(port);
                UdpSocket[] more = Arrays.copyOf(old, old.length + 1);
                more[old.length] = socket;
                buckets.set(port & BUCKETS - 1, more);
            }
            return port;
        } finally {
            changes.unlock();
        }
    }

    void remove(UdpSocket socket, int port) {
        changes.lock();
        try {
            UdpSocket[] left =
                    Arrays.stream(candidates(port))
                            .filter(other -> other != socket)
                            .toArray(UdpSocket[]::new);
            buckets.set(port & BUCKETS - 1, left);
        } finally {
            changes.unlock();
        }
    }

    private boolean isFree(UdpSocket socket, long high, long low, int port) {
        for (UdpSocket other : candidates(port)) {
            if (other.conflicts(socket, high, low, port)) {
                return false;
            }
        }
        return true;
    }
}
