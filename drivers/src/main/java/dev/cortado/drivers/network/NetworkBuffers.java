package dev.cortado.drivers.network;

import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.Frames;
import java.io.IOException;

/**
 * A pool of buffers of one size. Drivers take from it what their devices are to fill; users may, as
 * well. It outlives drivers: what a driver had comes back when its device was reset. For any number
 * of threads.
 */
public final class NetworkBuffers {
    /** An Ethernet frame of 1500 bytes with two tags, and what a device wants before it. */
    public static final int LEAST_BYTES = 2048;

    private static final int MOST_BYTES = 1 << 16;

    private final DeviceFrames frames;
    private final NetworkBuffer[] all;
    private final NetworkBuffer[] free;
    private final int bytes;

    /**
     * So many, from the first one on, have been cleared. The others are untouched until they are
     * taken: most never are.
     */
    private int cleared;

    private int count;
    private int lost;
    private Runnable[] hungry = new Runnable[0];

    /**
     * @param frames that they lie in, which stay this pool's to its end
     * @param number of buffers
     * @param bytes of each: a power of two, 2048 to 65536; Xen wants pages
     * @throws IOException there are no frames for them
     */
    public NetworkBuffers(DeviceFrames frames, int number, int bytes) throws IOException {
        this(frames, number, bytes, BuddyAllocator.NO_LIMIT);
    }

    /**
     * As the other.
     *
     * @param limit all addresses that a device sees are below; see {@link DeviceFrames#allocate}
     */
    public NetworkBuffers(DeviceFrames frames, int number, int bytes, long limit)
            throws IOException {
        if (number < 1
                || bytes < LEAST_BYTES
                || bytes > MOST_BYTES
                || Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(number + " buffers of " + bytes + " bytes");
        }
        this.frames = frames;
        this.bytes = bytes;
        all = new NetworkBuffer[number];
        free = new NetworkBuffer[number];
        long blockBytes = Math.max(bytes, Frames.SIZE);
        DeviceBlock block = null;
        long at = blockBytes;
        for (int i = 0; i < number; i++) {
            if (at == blockBytes) {
                block = frames.allocateUncleared(blockBytes, limit);
                at = 0;
            }
            all[i] = new NetworkBuffer(this, i, block, at, bytes);
            at += bytes;
        }
        // The first ones are taken first, and those that were given back last: they are warm.
        for (int i = number - 1; i >= 0; i--) {
            free[count++] = all[i];
        }
    }

    /** How many there are. */
    public int number() {
        return all.length;
    }

    /** Bytes of each. */
    public int bytes() {
        return bytes;
    }

    public NetworkBuffer get(int index) {
        return all[index];
    }

    /** How many nobody has. */
    public synchronized int free() {
        return count;
    }

    /** About how many nobody has: for who may not wait. */
    public int freeAbout() {
        return count;
    }

    /** How many a device has for ever, since it could not be reset, or did not let go. */
    public synchronized int lost() {
        return lost;
    }

    /** Takes one, empty; null if there is none. */
    public NetworkBuffer take() {
        return take(NetworkBuffer.USER);
    }

    private synchronized NetworkBuffer take(Object who) {
        if (count == 0) {
            return null;
        }
        NetworkBuffer buffer = free[--count];
        while (cleared <= buffer.index()) {
            all[cleared++].clearBlock(frames);
        }
        buffer.pass(null, who);
        buffer.reset();
        return buffer;
    }

    /** Gives back all parts of a packet of the user's. */
    public static void give(NetworkBuffer packet) {
        for (NetworkBuffer part = packet; part != null; ) {
            NetworkBuffer next = part.next();
            part.pool().give(part, NetworkBuffer.USER);
            part = next;
        }
    }

    private void give(NetworkBuffer buffer, Object who) {
        Runnable[] told;
        synchronized (this) {
            buffer.pass(who, null);
            buffer.setNext(null);
            if (buffer.isRetired()) {
                lost++;
                return;
            }
            free[count++] = buffer;
            told = hungry;
        }
        for (Runnable one : told) {
            one.run();
        }
    }

    /** A driver takes one for its device; null if there is none. */
    public NetworkBuffer takeFor(Object driver) {
        return take(driver);
    }

    /** A driver gives one back that its device does not have any more. */
    public static void giveFrom(Object driver, NetworkBuffer buffer) {
        buffer.pool().give(buffer, driver);
    }

    /** A driver gets all parts of a packet from its user. */
    public static void hand(NetworkBuffer packet, Object driver) {
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            if (!part.isHeldBy(NetworkBuffer.USER)) {
                throw new IllegalStateException("buffer " + part.index() + " is somebody else's");
            }
        }
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            part.pass(NetworkBuffer.USER, driver);
        }
    }

    /** A driver gives all parts of a packet to its user. */
    public static void handBack(Object driver, NetworkBuffer packet) {
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            part.pass(driver, NetworkBuffer.USER);
        }
    }

    /** A driver does not get one back from its device, which cannot be reset. */
    public static void lose(NetworkBuffer buffer) {
        NetworkBuffers pool = buffer.pool();
        synchronized (pool) {
            pool.lost++;
        }
    }

    /**
     * A device keeps a buffer for ever, whoever has it now: when it comes back nobody gets it
     * again.
     */
    public synchronized void retire(NetworkBuffer buffer) {
        if (buffer.isRetired()) {
            return;
        }
        buffer.retire();
        for (int i = 0; i < count; i++) {
            if (free[i] == buffer) {
                free[i] = free[--count];
                lost++;
            }
        }
    }

    /** Somebody who found none hears of each one that comes back, until {@link #unlisten}. */
    public synchronized void listen(Runnable listener) {
        Runnable[] more = new Runnable[hungry.length + 1];
        System.arraycopy(hungry, 0, more, 0, hungry.length);
        more[hungry.length] = listener;
        hungry = more;
    }

    public synchronized void unlisten(Runnable listener) {
        for (int i = 0; i < hungry.length; i++) {
            if (hungry[i] == listener) {
                Runnable[] fewer = new Runnable[hungry.length - 1];
                System.arraycopy(hungry, 0, fewer, 0, i);
                System.arraycopy(hungry, i + 1, fewer, i, fewer.length - i);
                hungry = fewer;
                return;
            }
        }
    }
}
