package dev.cortado.drivers.xen.event;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.RingMemory;

/**
 * Which signal word each port has. A CPU that signals one says so first: whoever takes a port's
 * word away then waits for it, and may free the word.
 */
final class PortSignals {
    private final RingMemory memory;
    private final int ports;
    private final int cpus;
    private long address;

    PortSignals(RingMemory memory, int ports, int cpus) {
        this.memory = memory;
        this.ports = ports;
        this.cpus = cpus;
    }

    /** Bytes that it needs, all zero: for each port a word's address, for each CPU a port. */
    @Uninterruptible(reason = Hypercall.REASON)
    long bytes() {
        return (long) ports * Long.BYTES + (long) cpus * Long.BYTES;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    void setAddress(long value) {
        address = value;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    boolean hasAddress() {
        return address != 0;
    }

    /** From now on that word is signalled; 0 for none, after which ask {@link #isInUse}. */
    @Uninterruptible(reason = Hypercall.REASON)
    void set(int port, long word) {
        memory.writeLongRelease(place(port), word);
        memory.fullFence(); // before isInUse looks, see begin
    }

    /** Whether a CPU may still signal what {@link #set} has taken away: for a moment. */
    @Uninterruptible(reason = Hypercall.REASON)
    boolean isInUse(int port) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            if (memory.readLongAcquire(user(cpu)) == port) {
                return true;
            }
        }
        return false;
    }

    /**
     * A CPU is about to signal a port's word, until {@link #end}. Either it sees here that there is
     * none any more, or whoever has taken it away sees this CPU.
     */
    @Uninterruptible(reason = Interrupts.REASON)
    long begin(int cpu, int port) {
        memory.writeLongRelease(user(cpu), port);
        memory.fullFence();
        return memory.readLongAcquire(place(port));
    }

    @Uninterruptible(reason = Interrupts.REASON)
    void end(int cpu) {
        memory.writeLongRelease(user(cpu), 0);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long place(int port) {
        return address + (long) port * Long.BYTES;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long user(int cpu) {
        return address + (long) (ports + cpu) * Long.BYTES;
    }
}
