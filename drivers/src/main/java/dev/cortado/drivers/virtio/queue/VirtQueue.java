package dev.cortado.drivers.virtio.queue;

import dev.cortado.kernel.device.DeviceFaults;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;

/**
 * A queue of buffers that a driver gives to its device and gets back (VIRTIO 1.2, 2.6). For one
 * thread at a time.
 *
 * <p>A driver {@linkplain #add adds} chains and then {@linkplain #publish publishes} them: the
 * device is notified once for all of them, and only if it asked for it. It {@linkplain #take takes}
 * what the device has used until there is nothing, and sleeps only if {@link #enableInterrupts}
 * says that there still is nothing.
 */
public abstract class VirtQueue {
    /** What {@link #take} returns when the device has used nothing. */
    public static final int NONE = -1;

    final RingMemory memory;
    final QueueSettings settings;
    final DeviceBlock block;
    final QueueLayout layout;

    private final Doorbell doorbell;

    /** By the number that the device gives back: what the driver calls it; descriptors; bytes. */
    private final int[] tokens;

    private final int[] descriptors;
    private final long[] writableBytes;
    private boolean lengthsIgnored;
    private int outstanding;
    private long taken;
    private long written;
    private String broken;

    VirtQueue(RingMemory memory, QueueSettings settings, DeviceBlock block, Doorbell doorbell) {
        this.memory = memory;
        this.settings = settings;
        this.block = block;
        this.doorbell = doorbell;
        layout = QueueLayout.of(settings);
        block.address(0, layout.bytes());
        tokens = new int[settings.size()];
        descriptors = new int[settings.size()];
        writableBytes = new long[settings.size()];
    }

    /**
     * An empty queue.
     *
     * @param block zeroed, {@link QueueLayout#bytes} or more
     */
    public static VirtQueue create(
            RingMemory memory, QueueSettings settings, DeviceBlock block, Doorbell doorbell) {
        return settings.packed()
                ? new PackedQueue(memory, settings, block, doorbell)
                : new SplitQueue(memory, settings, block, doorbell);
    }

    public final QueueSettings settings() {
        return settings;
    }

    /** Where the device finds the descriptors. */
    public final long descriptorAddress() {
        return block.device();
    }

    /** Where the device finds what the driver writes. */
    public final long driverAddress() {
        return block.device() + layout.driver();
    }

    /** Where the device finds what it writes. */
    public final long deviceAddress() {
        return block.device() + layout.device();
    }

    /**
     * Where the device of a split queue says how many chains it has used, 16 bits (2.7.8): for code
     * that can look, and nothing else.
     */
    public final long usedIndexAddress() {
        if (settings.packed()) {
            throw new IllegalStateException(settings.name() + " is packed");
        }
        return block.address(layout.device() + QueueLayout.USED_INDEX, Short.BYTES);
    }

    /** Chains that the device has. */
    public final int outstanding() {
        return outstanding;
    }

    /** Chains that the device has used and that were taken. Any thread may look now and then. */
    public final long taken() {
        return taken;
    }

    /** Descriptors that a chain of so many buffers takes. */
    final int needed(int buffers) {
        return buffers > 1 && buffers <= settings.indirect() ? 1 : buffers;
    }

    /** Whether a chain of so many buffers can be added now. */
    public final boolean hasRoom(int buffers) {
        return needed(buffers) <= free();
    }

    /** Descriptors that nobody has. */
    abstract int free();

    /**
     * Gives a chain to the device, which may use it from now on.
     *
     * @param token what {@link #take} returns when the device has used it: not negative
     * @return false if there is no room now
     * @throws BrokenQueueException the queue is broken
     */
    public final boolean add(BufferChain chain, int token) throws BrokenQueueException {
        check();
        if (token < 0) {
            throw new IllegalArgumentException("token " + token);
        }
        if (chain.count() < 1 || chain.count() > settings.size()) {
            throw new IllegalArgumentException(
                    chain.count()
                            + " buffers for "
                            + settings.name()
                            + " of size "
                            + settings.size());
        }
        if (!hasRoom(chain.count())) {
            return false;
        }
        int needed = needed(chain.count());
        int id = nextId();
        tokens[id] = token;
        descriptors[id] = needed;
        writableBytes[id] = chain.writableBytes();
        outstanding++;
        put(chain, id, needed < chain.count());
        return true;
    }

    /** The number that the next chain has. */
    abstract int nextId();

    /** Writes a chain for which there is room, and makes it available. */
    abstract void put(BufferChain chain, int id, boolean indirect);

    /** Writes an indirect table, whose descriptors follow each other, and returns its address. */
    final long putTable(BufferChain chain, int id, int writeFlag, int nextFlag) {
        long offset =
                layout.tables() + (long) id * settings.indirect() * QueueLayout.DESCRIPTOR_BYTES;
        for (int i = 0; i < chain.count(); i++) {
            long place = block.address() + offset + (long) i * QueueLayout.DESCRIPTOR_BYTES;
            boolean last = i == chain.count() - 1;
            long flags = chain.isWritable(i) ? writeFlag : 0;
            // Of a packed queue's table, descriptors have neither a flag nor a number (2.8.7).
            long next = last || nextFlag == 0 ? 0 : i + 1L << 16 | nextFlag;
            memory.writeLong(place, chain.address(i));
            memory.writeLong(place + 8, chain.length(i) | (flags | next) << 32);
        }
        return block.device() + offset;
    }

    /** What was added is for the device now; it is notified if it asked for that. */
    public final void publish() {
        if (needsNotification()) {
            doorbell.notifyQueue(settings.index());
        }
    }

    /** Whether the device asked to be notified of what was added since this was called last. */
    abstract boolean needsNotification();

    /**
     * Takes a chain that the device has used.
     *
     * @return its token, or NONE
     * @throws BrokenQueueException the queue is broken
     */
    public final int take() throws BrokenQueueException {
        check();
        int id = nextUsed();
        if (id == NONE) {
            return NONE;
        }
        outstanding--;
        taken++;
        int count = descriptors[id];
        descriptors[id] = 0;
        recycle(id, count);
        return tokens[id];
    }

    /** The chain that the device has used, {@link #checkUsed}, or NONE. */
    abstract int nextUsed() throws BrokenQueueException;

    /** The device has given a chain back. */
    abstract void recycle(int id, int count);

    /** Checks what the device says of a chain that it gives back. */
    final int checkUsed(int id, long length) throws BrokenQueueException {
        if (id < 0 || id >= settings.size() || descriptors[id] == 0) {
            throw fail(
                    "the device gives back buffer "
                            + Integer.toUnsignedString(id)
                            + ", which it does not have");
        }
        if (length > writableBytes[id] && !settings.legacy() && !lengthsIgnored) {
            throw fail(
                    "the device says that it wrote "
                            + length
                            + " bytes where it may write "
                            + writableBytes[id]);
        }
        written = Math.min(length, writableBytes[id]);
        return id;
    }

    /** How many bytes the device may write to the chain that has a number, if one has. */
    final long writableBytes(int id) {
        return id < settings.size() ? writableBytes[id] : 0;
    }

    /**
     * What the device says of how many bytes it wrote is not believed, and no error if it cannot
     * be: QEMU's SCSI host device counts what it has read, too.
     */
    public final void ignoreLengths() {
        lengthsIgnored = true;
    }

    /** How many bytes the device says that it wrote to the chain that was taken last. */
    public final long written() {
        return written;
    }

    /**
     * Asks for an interrupt when the device has used something.
     *
     * @return false if it has already, and may send none: then take first
     */
    public abstract boolean enableInterrupts();

    /** Asks for no interrupts; one may still come. */
    public abstract void disableInterrupts();

    final BrokenQueueException fail(String why) {
        DeviceFaults.add(settings.device(), DeviceFaults.Kind.WILD_ANSWER);
        broken = settings.name() + " is broken: " + why;
        return new BrokenQueueException(broken);
    }

    private void check() throws BrokenQueueException {
        if (broken != null) {
            throw new BrokenQueueException(broken);
        }
    }
}
