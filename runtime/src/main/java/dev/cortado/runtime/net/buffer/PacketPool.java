package dev.cortado.runtime.net.buffer;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/**
 * A fixed number of buffers, and a {@link FreeList} of those that nobody has. Any thread may take
 * and put. A buffer is made when it is taken for the first time, or before by {@link #make}; then
 * nothing is allocated.
 */
public final class PacketPool {
    /**
     * Room before a fresh packet's contents: for an Ethernet header with two tags, an IPv6 header,
     * TCP's with all options, and what a device wants before a frame.
     */
    public static final int HEAD_ROOM = 192;

    private final PacketBuffer[] buffers;
    private final Memory memory;
    private final FreeList free;
    private final LongAdder exhausted = new LongAdder();

    /** Where the memory of a pool comes from. */
    public interface Memory {
        /** Bytes of each buffer. */
        int bytes();

        /** The memory of one buffer. */
        ByteBuffer buffer(int index);

        /** Where a device sees it. */
        long device(int index);
    }

    /** Of the memory that somebody has. */
    public PacketPool(int size, Memory memory) {
        this(size, memory, new FreeStack(size));
    }

    /**
     * Of the memory that somebody has and gives to others as well, a driver for example.
     *
     * @param free who knows which are free; at first all are
     */
    public PacketPool(int size, Memory memory, FreeList free) {
        if (memory.bytes() < 2 * HEAD_ROOM) {
            throw new IllegalArgumentException(
                    "A packet buffer has at least "
                            + 2 * HEAD_ROOM
                            + " bytes, not "
                            + memory.bytes());
        }
        this.memory = memory;
        this.free = free;
        buffers = new PacketBuffer[size];
    }

    /** Of ordinary memory, which no device sees. */
    public static PacketPool ofHeap(int size, int bytes) {
        return new PacketPool(
                size,
                new Memory() {
                    @Override
                    public int bytes() {
                        return bytes;
                    }

                    @Override
                    public ByteBuffer buffer(int index) {
                        return ByteBuffer.allocate(bytes);
                    }

                    @Override
                    public long device(int index) {
                        return 0;
                    }
                });
    }

    /** How many buffers there are. */
    public int size() {
        return buffers.length;
    }

    /** How many are free; while others take and put, about. */
    public int free() {
        return free.count();
    }

    /** How often somebody got none. */
    public long exhausted() {
        return exhausted.sum();
    }

    /** The buffer with that number, whoever has it. */
    public PacketBuffer buffer(int index) {
        return buffers[index];
    }

    /** Makes the buffer with that number, which nobody has had yet. */
    public PacketBuffer make(int index) {
        PacketBuffer buffer =
                new PacketBuffer(this, index, memory.buffer(index), memory.device(index));
        buffers[index] = buffer;
        return buffer;
    }

    /** An empty packet with {@link #HEAD_ROOM}, or null if all buffers are taken. */
    public PacketBuffer take() {
        int index = free.take();
        PacketBuffer buffer = index == FreeList.NONE ? null : madeBuffer(index);
        if (buffer == null) {
            exhausted.increment();
            return null;
        }
        buffer.reset(HEAD_ROOM);
        return buffer;
    }

    /** Null if there is no memory for it: it is free again. */
    private PacketBuffer madeBuffer(int index) {
        PacketBuffer buffer = buffers[index];
        if (buffer != null) {
            return buffer;
        }
        try {
            return make(index);
        } catch (OutOfMemoryError e) {
            free.leave(index);
            free.give(index);
            return null;
        }
    }

    /** As if taken: a buffer that a driver has got from the {@link FreeList} by itself. */
    public PacketBuffer adopt(int index) {
        PacketBuffer buffer = buffers[index];
        buffer.reset(HEAD_ROOM);
        return buffer;
    }

    /**
     * Gives one buffer back; {@link PacketBuffer#release} gives back a packet.
     *
     * @throws IllegalStateException if it is free already
     */
    void put(PacketBuffer buffer) {
        // First it is no longer taken, by one of those who try, then it can be found.
        free.leave(buffer.index());
        buffer.discharge();
        buffer.next = null;
        free.give(buffer.index());
    }
}
