package dev.cortado.drivers.virtio.console;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;

/**
 * Bytes on their way from one side to another, in memory that a device may read. Either side calls
 * by one thread at a time; positions count all bytes that ever went by.
 */
final class ByteRing {
    /** What {@link #read} returns when there is nothing. */
    static final int EMPTY = -1;

    private final RingMemory memory;
    private long address;
    private long device;
    private int bytes;
    private volatile long produced;
    private volatile long consumed;

    ByteRing(RingMemory memory) {
        this.memory = memory;
    }

    /**
     * Gives it its memory, for good.
     *
     * @param block of a power of two of bytes
     */
    void place(DeviceBlock block) {
        if (Long.bitCount(block.bytes()) != 1) {
            throw new IllegalArgumentException("a ring of " + block.bytes() + " bytes");
        }
        address = block.address();
        device = block.device();
        bytes = Math.toIntExact(block.bytes());
    }

    @Uninterruptible(reason = Console.REASON)
    int room() {
        return bytes - (int) (produced - consumed);
    }

    /** Where the next byte will be written. */
    @Uninterruptible(reason = Console.REASON)
    long produced() {
        return produced;
    }

    /** Where the next byte that is not done with is. */
    @Uninterruptible(reason = Console.REASON)
    long consumed() {
        return consumed;
    }

    /** Where a device finds the byte at a position. */
    long deviceAddress(long position) {
        return device + index(position);
    }

    /** How many bytes follow a position in memory before the ring begins again. */
    int straight(long position) {
        return bytes - index(position);
    }

    @Uninterruptible(reason = Console.REASON)
    private int index(long position) {
        return (int) position & bytes - 1;
    }

    /**
     * Writes the first of some bytes that lie in the ring's memory, as many as there is room for.
     *
     * @return how many
     */
    @Uninterruptible(reason = Console.REASON)
    int write(long source, int count) {
        int room = room();
        int all = count < room ? count : room;
        int done = 0;
        while (done < all) {
            int place = index(produced + done);
            int part = bytes - place < all - done ? bytes - place : all - done;
            copy(source + done, address + place, part);
            done += part;
        }
        produced += all;
        return all;
    }

    /** Long by long where both are aligned. */
    @Uninterruptible(reason = Console.REASON)
    private void copy(long source, long target, int count) {
        int done = 0;
        if (((source | target) & Long.BYTES - 1) == 0) {
            for (; count - done >= Long.BYTES; done += Long.BYTES) {
                memory.writeLong(target + done, memory.readLong(source + done));
            }
        }
        for (; done < count; done++) {
            memory.writeByte(target + done, memory.readByte(source + done));
        }
    }

    /** The byte at a position, which was written and is not done with. */
    @Uninterruptible(reason = Console.REASON)
    byte at(long position) {
        return memory.readByte(address + index(position));
    }

    /** The next byte, or {@link #EMPTY}. */
    @Uninterruptible(reason = Console.REASON)
    int read() {
        if (produced == consumed) {
            return EMPTY;
        }
        int value = at(consumed) & 0xff;
        consumed++;
        return value;
    }

    /** All bytes before a position are done with. */
    @Uninterruptible(reason = Console.REASON)
    void release(long position) {
        consumed = position;
    }
}
