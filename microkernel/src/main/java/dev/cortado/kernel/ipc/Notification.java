package dev.cortado.kernel.ipc;

import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.message.KernelCalls;
import dev.cortado.kernel.message.SignalWord;
import dev.cortado.kernel.message.WaitResult;
import dev.cortado.kernel.thread.Scheduler;
import java.lang.ref.Reference;
import java.time.Duration;
import org.graalvm.nativeimage.c.struct.SizeOf;

/**
 * 64 signals, a bit each. A signal stays until somebody waits for it, and is then gone; giving it
 * twice meanwhile is giving it once.
 */
public final class Notification implements Signal {
    /** All signals. */
    public static final long ANY = -1;

    private final SignalWord word;

    public Notification() {
        word = (SignalWord) Memory.allocateZeroed(SizeOf.get(SignalWord.class));
        KernelMemory.own(this, word.rawValue());
    }

    @Override
    public void signal(long signals) {
        SignalWord.Operations.signal(word, signals);
        Reference.reachabilityFence(this);
    }

    /** For somebody who may give some of the signals, but not wait for them. */
    public Signal restrictedTo(long mask) {
        return signals -> signal(signals & mask);
    }

    /**
     * For an interrupt handler, which may run while the garbage collector moves objects: it keeps
     * this and calls {@link SignalWord.Operations#signal}. Valid as long as this object is
     * reachable.
     */
    public SignalWord word() {
        return word;
    }

    /**
     * Waits for one of some signals.
     *
     * @return those of them that came
     */
    public long await(long mask) throws InterruptedException {
        return await(mask, Scheduler.FOREVER);
    }

    /** As {@link #await(long)}; 0 if none has come in time. */
    public long await(long mask, Duration timeout) throws InterruptedException {
        return await(mask, Deadline.in(timeout));
    }

    long await(long mask, long deadline) throws InterruptedException {
        ThreadSlot slot = ThreadSlot.prepareToWait();
        int result = KernelCalls.get().await(word, slot.raw(), mask, deadline);
        while (result == WaitResult.NUDGED) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            result = KernelCalls.get().await(word, slot.raw(), mask, deadline);
        }
        Reference.reachabilityFence(this);
        return result == WaitResult.DONE ? slot.raw().getSignals() : 0;
    }

    /** Those of some signals that have been given; does not wait. */
    public long poll(long mask) {
        long signals = SignalWord.Operations.poll(word, mask);
        Reference.reachabilityFence(this);
        return signals;
    }
}
