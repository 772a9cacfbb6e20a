package dev.cortado.drivers.network;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Packets on their way out, whatever ring the device has for them. It interrupts only when there
 * was no room; what it has sent is noticed when somebody sends or asks. For any number of threads.
 *
 * <p>Telling a device that there is something is dear: it leaves the guest. So the driver's thread
 * {@linkplain #hold holds} that back while it answers what has come in one go; others do not.
 */
public final class TransmitQueue {
    /** Fewer bytes than that are held back: acknowledgements, not the data of a connection. */
    private static final int MOST_HELD = 4096;

    private final NetworkDriver driver;
    private final TransmitRing ring;
    private final ReentrantLock lock = new ReentrantLock();

    private final SentPackets packets;

    /** Somebody waits for room, since so many were sent. */
    private boolean wanted;

    private long wantedSince;

    /** Since when {@link #watch} sees packets and nothing sent, and how many were sent then. */
    private long stuckSince;

    private long stuckTotal;
    private boolean stuck;

    /** Whose packets the device is told of later; null for nobody's. */
    private volatile Thread holder;

    /** Bytes of those. */
    private int held;

    public TransmitQueue(NetworkDriver driver, TransmitRing ring) {
        this.driver = driver;
        this.ring = ring;
        packets = new SentPackets(this, ring.slots());
        ring.disableInterrupts();
    }

    /** As {@link NetworkQueue#transmit}. */
    public int transmit(NetworkBuffer[] all, int from, int count) throws IOException {
        int taken = 0;
        int bytes = 0;
        lock.lock();
        try {
            driver.checkUsable();
            while (taken < count) {
                NetworkBuffer packet = all[from + taken];
                if (!hasRoom(packet, check(packet))) {
                    break;
                }
                int slot = packets.add(packet);
                taken++;
                bytes += packet.packetLength();
                ring.add(packet, slot);
            }
        } catch (IOException e) {
            driver.abort(e);
            if (taken == 0) {
                throw e;
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            if (taken == 0) {
                throw e; // otherwise when it is the first one
            }
        } finally {
            if (driver.isUsable() && !isHeld(bytes)) {
                ring.publish();
            }
            lock.unlock();
        }
        return taken;
    }

    /** Whether the device need not hear yet of so many bytes that were added. */
    private boolean isHeld(int bytes) {
        if (holder == Thread.currentThread() && held + bytes < MOST_HELD) {
            held += bytes;
            return true;
        }
        held = 0; // it hears of those as well
        return false;
    }

    /**
     * The device need not be told of what this thread sends before {@link #release}, unless it is
     * much. For one thread at a time.
     */
    public void hold() {
        holder = Thread.currentThread();
    }

    /** The device is told of what is held back, if anything is. */
    public void release() {
        holder = null;
        if (held == 0) {
            return; // nobody else makes it more
        }
        lock.lock();
        try {
            if (held > 0 && driver.isUsable()) {
                ring.publish();
            }
            held = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Something that is no packet's. */
    public interface RingWork {
        void run() throws IOException;
    }

    /** Does something while nobody else is at the ring. */
    public void atRing(RingWork work) throws IOException {
        lock.lock();
        try {
            driver.checkUsable();
            work.run();
        } catch (IOException e) {
            throw driver.abort(e);
        } finally {
            lock.unlock();
        }
    }

    private int check(NetworkBuffer packet) {
        int parts =
                PacketCheck.check(
                        packet, ring.headroom(), driver.offloads(), driver.mtu(), ring.mostParts());
        ring.check(packet);
        return parts;
    }

    /** Looks again, after it has asked for an interrupt, so that none is missed. */
    private boolean hasRoom(NetworkBuffer packet, int parts) throws IOException {
        while (packets.room() == 0 || !ring.hasRoom(packet, parts)) {
            if (reclaim() == 0) {
                wanted = true;
                wantedSince = packets.total();
                if (ring.enableInterrupts()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What the device has sent; how many packets. */
    private int reclaim() throws IOException {
        int count = 0;
        for (int slot = ring.take(); slot != TransmitRing.NONE; slot = ring.take()) {
            packets.sent(slot);
            count++;
        }
        return count;
    }

    /** How many packets the device has sent so far, as far as somebody has looked. */
    public long sent() {
        lock.lock();
        try {
            return packets.total();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link NetworkQueue#takeTransmitted}. */
    public int takeTransmitted(NetworkBuffer[] into) {
        lock.lock();
        try {
            if (driver.isUsable()) {
                reclaim();
            }
        } catch (IOException e) {
            driver.abort(e);
        }
        try {
            return packets.take(into);
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody who waited for room is to be told. */
    public boolean service() throws IOException {
        lock.lock();
        try {
            driver.checkUsable();
            if (!wanted) {
                return false;
            }
            do {
                reclaim(); // others may have done it before
                if (packets.total() != wantedSince) {
                    wanted = false;
                    ring.disableInterrupts();
                    return true;
                }
            } while (!ring.enableInterrupts());
            return false;
        } catch (IOException e) {
            throw driver.abort(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the device has sent nothing for a while, though there was something to send.
     *
     * @param now nanoseconds
     */
    public void watch(long now, long patience) throws IOException {
        lock.lock();
        try {
            driver.checkUsable();
            reclaim();
            if (!stuck || packets.total() != stuckTotal) {
                stuckSince = now;
                stuckTotal = packets.total();
            }
            stuck = ring.outstanding() > 0;
            if (stuck && now - stuckSince > patience) {
                throw new IOException(
                        driver.name()
                                + ": it has sent none of "
                                + ring.outstanding()
                                + " packets for "
                                + patience / 1_000_000
                                + " ms");
            }
        } catch (IOException e) {
            throw driver.abort(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The driver is at its end: what is left is given back, or never again.
     *
     * @param quiet the device was reset
     */
    public void close(boolean quiet) {
        lock.lock();
        try {
            packets.end(quiet);
        } finally {
            lock.unlock();
        }
    }
}
