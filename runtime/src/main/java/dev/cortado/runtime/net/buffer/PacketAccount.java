package dev.cortado.runtime.net.buffer;

import java.util.concurrent.atomic.AtomicInteger;

/** How much memory of packets somebody holds, a socket for example, and how much he may. */
public final class PacketAccount {
    private final AtomicInteger held = new AtomicInteger();
    private volatile int limit;

    /**
     * @param limit in bytes of buffers, not of what is in them
     */
    public PacketAccount(int limit) {
        this.limit = limit;
    }

    /** Bytes of the buffers that are charged to this account. */
    public int held() {
        return held.get();
    }

    /** What is held already stays. */
    public void setLimit(int bytes) {
        limit = bytes;
    }

    boolean charge(int bytes) {
        int seen;
        do {
            seen = held.get();
            if (bytes > limit - seen) {
                return false;
            }
        } while (!held.compareAndSet(seen, seen + bytes));
        return true;
    }

    void release(int bytes) {
        held.addAndGet(-bytes);
    }
}
