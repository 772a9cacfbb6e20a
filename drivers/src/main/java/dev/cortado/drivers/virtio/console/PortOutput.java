package dev.cortado.drivers.virtio.console;

import dev.cortado.drivers.virtio.queue.BrokenQueueException;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;

/**
 * A port's way out: parts of the line's ring are handed to the device where they lie, and are done
 * with when it gives them back, in whatever order it does.
 */
final class PortOutput {
    /** Of one part: room comes back in parts. */
    private static final int PART_BYTES = ConsoleLine.OUTPUT_BYTES / 4;

    private final ConsoleLine line;
    private final ByteRing ring;
    private final VirtQueue queue;
    private final BufferChain chain = new BufferChain(1);

    /** By the number of a part, modulo their length: where it ends, and whether it is used. */
    private final long[] ends;

    private final boolean[] used;
    private long firstPart;
    private long nextPart;
    private long handed;

    PortOutput(ConsoleLine line, VirtQueue queue) {
        this.line = line;
        this.queue = queue;
        ring = line.output();
        ends = new long[queue.settings().size()];
        used = new boolean[ends.length];
        handed = ring.consumed();
        line.beginQueue(queue.usedIndexAddress());
    }

    /** Hands over what was written, as far as the queue has room. */
    void hand() throws BrokenQueueException {
        while (handed != ring.produced() && hasRoom()) {
            int waiting = (int) (ring.produced() - handed);
            int part = Math.min(Math.min(waiting, ring.straight(handed)), PART_BYTES);
            int slot = (int) (nextPart % ends.length);
            chain.clear().out(ring.deviceAddress(handed), part);
            line.offer(handed + part);
            queue.add(chain, slot);
            handed += part;
            ends[slot] = handed;
            used[slot] = false;
            nextPart++;
            queue.publish();
            line.handOver();
        }
    }

    private boolean hasRoom() {
        return nextPart - firstPart < ends.length && queue.hasRoom(1);
    }

    /** Takes back what the device is done with; whether there is room that was not there before. */
    boolean collect() throws BrokenQueueException {
        for (int slot = queue.take(); slot != VirtQueue.NONE; slot = queue.take()) {
            used[slot] = true;
        }
        long first = firstPart;
        while (firstPart < nextPart && used[(int) (firstPart % ends.length)]) {
            ring.release(ends[(int) (firstPart % ends.length)]);
            firstPart++;
        }
        return firstPart != first;
    }

    /** False: there is something to collect already. */
    boolean enableInterrupts() {
        return queue.enableInterrupts();
    }

    /** Whether the device is done with all that it was given. */
    boolean isIdle() {
        return firstPart == nextPart;
    }

    /** Of how many bytes only the device knows whether they have left the machine. */
    long uncertain() {
        return handed - ring.consumed();
    }
}
