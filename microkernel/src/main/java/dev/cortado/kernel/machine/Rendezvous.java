package dev.cortado.kernel.machine;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.RingMemory;

/**
 * Where CPUs meet for {@link StandStill}. Calls are numbered, and a CPU comes for one of them: so
 * one that was away for long, since its hypervisor did not let it run, learns how just that call
 * has ended. The next call has to wait until nobody is here any more.
 *
 * <p>Written by the CPU that calls: {@link #CALLED}, {@link #ENDED}, {@link #DONE}. Each other one
 * writes where it is.
 */
final class Rendezvous {
    /** The number of the last call, from 1 on; of the last that has ended; of the last done. */
    private static final int CALLED = 0;

    private static final int ENDED = 4;
    private static final int DONE = 8;

    /** For each CPU the number of the call that it is here for, or 0. */
    private static final int HERE = 16;

    private final RingMemory memory;
    private long address;

    Rendezvous(RingMemory memory) {
        this.memory = memory;
    }

    /** Bytes for that many CPUs, which are 0 in the beginning. */
    @Uninterruptible(reason = StandStill.REASON)
    static int bytes(int cpus) {
        return HERE + cpus * Integer.BYTES;
    }

    @Uninterruptible(reason = StandStill.REASON)
    void setAddress(long value) {
        address = value;
    }

    /** Whether all have left that came for an earlier call. */
    @Uninterruptible(reason = StandStill.REASON)
    boolean isEmpty(int cpus) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            if (memory.readIntAcquire(address + here(cpu)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** A new call; only if nobody is here. */
    @Uninterruptible(reason = StandStill.REASON)
    void call() {
        memory.writeIntRelease(address + CALLED, memory.readIntAcquire(address + CALLED) + 1);
    }

    /** Whether all but the caller have come. */
    @Uninterruptible(reason = StandStill.REASON)
    boolean isComplete(int cpus, int caller) {
        int number = memory.readIntAcquire(address + CALLED);
        for (int cpu = 0; cpu < cpus; cpu++) {
            if (cpu != caller && memory.readIntAcquire(address + here(cpu)) != number) {
                return false;
            }
        }
        return true;
    }

    /** All may go, after what they came for was done, or not. */
    @Uninterruptible(reason = StandStill.REASON)
    void end(boolean done) {
        int number = memory.readIntAcquire(address + CALLED);
        if (done) {
            memory.writeIntRelease(address + DONE, number);
        }
        memory.writeIntRelease(address + ENDED, number);
    }

    /** A CPU comes: the number of the call, 0 if that has ended without it. */
    @Uninterruptible(reason = StandStill.REASON)
    int enter(int cpu) {
        int number = memory.readIntAcquire(address + CALLED);
        if (memory.readIntAcquire(address + ENDED) == number) {
            return 0;
        }
        memory.writeIntRelease(address + here(cpu), number);
        return number;
    }

    @Uninterruptible(reason = StandStill.REASON)
    boolean hasEnded(int number) {
        return memory.readIntAcquire(address + ENDED) == number;
    }

    /** After the end, until it leaves: whether what it came for was done. */
    @Uninterruptible(reason = StandStill.REASON)
    boolean wasDone(int number) {
        return memory.readIntAcquire(address + DONE) == number;
    }

    @Uninterruptible(reason = StandStill.REASON)
    void leave(int cpu) {
        memory.writeIntRelease(address + here(cpu), 0);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static int here(int cpu) {
        return HERE + cpu * Integer.BYTES;
    }
}
