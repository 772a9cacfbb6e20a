package dev.cortado.drivers.network;

import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.Frames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A pool of buffers of one size. Drivers take from it what their devices are to fill; users may, as
 * well. It outlives drivers: what a driver had comes back when its device was reset. For any number
 * of threads.
 *
 * <p>All frames are there from the beginning, but a buffer is made when it is taken for the first
 * time, or before by {@link #makeSome}: a guest need not wait for thousands. Frames are cleared,
 * and so touched, when the first buffer there is taken: most never are.
 */
public final class NetworkBuffers {
    /** An Ethernet frame of 1500 bytes with two tags, and what a device wants before it. */
    public static final int LEAST_BYTES = 2048;

    private static final int MOST_BYTES = 1 << 16;

    /** The frames are got in blocks of at most so many bytes. */
    private static final long MOST_BLOCK_BYTES = 1L << 20;

    private final DeviceFrames frames;
    private final DeviceBlock[] blocks;
    private final NetworkBuffer[] all;
    private final NetworkBuffer[] free;
    private final int bytes;

    /** Of each frame, or of each buffer that is larger. */
    private final boolean[] isCleared;

    /** So many, from the first one on, have been made, and where the next one lies. */
    private int made;

    private int block;
    private long at;

    /** Who has something for each buffer, too. */
    private IntConsumer maker = index -> {};

    private int count;
    private int lost;

    /** Null where there is none any more. */
    private BufferListener[] listeners = new BufferListener[0];

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
        isCleared = new boolean[unit(number - 1) + 1];
        blocks = blocks((long) number * bytes, limit);
    }

    /** Which frame a buffer is in; a larger buffer's own number. */
    private int unit(int index) {
        return (int) (index * (long) bytes / Math.max(bytes, Frames.SIZE));
    }

    /** Blocks that are as large as there are, with room for so many bytes. */
    private DeviceBlock[] blocks(long whole, long limit) throws IOException {
        List<DeviceBlock> found = new ArrayList<>();
        long least = Math.max(bytes, Frames.SIZE);
        long size = MOST_BLOCK_BYTES;
        long missing = whole;
        while (missing > 0) {
            size = Math.max(least, Math.min(size, Long.highestOneBit(missing)));
            try {
                found.add(frames.allocateUncleared(size, limit));
                missing -= size;
            } catch (IOException e) {
                if (size == least) {
                    throw e;
                }
                size >>= 1;
            }
        }
        return found.toArray(DeviceBlock[]::new);
    }

    /**
     * Somebody else makes something for each buffer, too, when it is made, by its number. Before
     * any is taken.
     */
    public synchronized void setMaker(IntConsumer other) {
        maker = other;
    }

    /**
     * Makes some of those that nobody has had yet; they are taken after those that were used. Who
     * found none for want of memory hears of them.
     *
     * @return how many: fewer than {@code most} if there are no more, or no memory for them now
     */
    public int makeSome(int most) {
        int more;
        BufferListener[] told;
        synchronized (this) {
            int first = made;
            for (int i = 0; i < most && make() != null; i++) {
                // It is there.
            }
            more = made - first;
            System.arraycopy(free, 0, free, more, count);
            for (int i = 0; i < more; i++) {
                free[i] = all[made - 1 - i];
            }
            count += more;
            told = listeners;
        }
        if (more > 0) {
            tell(told);
        }
        return more;
    }

    /** Whether there is none that is still to be made. */
    public synchronized boolean areAllMade() {
        return made == all.length;
    }

    /** The next one; null if there is none, or no memory for it now. */
    private NetworkBuffer make() {
        if (made == all.length) {
            return null;
        }
        if (at == blocks[block].bytes()) {
            block++;
            at = 0;
        }
        try {
            NetworkBuffer buffer = new NetworkBuffer(this, made, blocks[block], at, bytes);
            all[made] = buffer;
            maker.accept(made);
            made++;
            at += bytes;
            return buffer;
        } catch (OutOfMemoryError e) {
            return null; // what is there is enough until there is memory
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

    /** A device sees all of them below that address. */
    public long deviceEnd() {
        long end = 0;
        for (DeviceBlock one : blocks) {
            end = Math.max(end, one.device() + one.bytes());
        }
        return end;
    }

    /** One that has been taken. */
    public NetworkBuffer get(int index) {
        return all[index];
    }

    /** How many nobody has. */
    public synchronized int free() {
        return freeAbout();
    }

    /** About how many nobody has: for who may not wait. */
    public int freeAbout() {
        return count + all.length - made;
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
        NetworkBuffer buffer = count > 0 ? free[--count] : make();
        if (buffer == null) {
            return null;
        }
        int unit = unit(buffer.index());
        if (!isCleared[unit]) {
            buffer.clearFrames(frames);
            isCleared[unit] = true;
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
        BufferListener[] told;
        synchronized (this) {
            buffer.pass(who, null);
            buffer.setNext(null);
            if (buffer.isRetired()) {
                lost++;
                return;
            }
            free[count++] = buffer;
            told = listeners;
        }
        tell(told);
    }

    private static void tell(BufferListener[] told) {
        for (BufferListener one : told) {
            if (one != null) {
                one.tell();
            }
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

    /**
     * Somebody hears of each one that comes back while he is {@linkplain BufferListener#setHungry
     * hungry}, until {@link #unlisten}.
     */
    public synchronized BufferListener listen(Runnable feed) {
        BufferListener listener = new BufferListener(feed);
        int place = 0;
        while (place < listeners.length && listeners[place] != null) {
            place++;
        }
        if (place == listeners.length) {
            listeners = Arrays.copyOf(listeners, place + 1);
        }
        listeners[place] = listener;
        return listener;
    }

    public synchronized void unlisten(BufferListener listener) {
        listener.setHungry(false);
        for (int i = 0; i < listeners.length; i++) {
            if (listeners[i] == listener) {
                listeners[i] = null;
            }
        }
    }
}
