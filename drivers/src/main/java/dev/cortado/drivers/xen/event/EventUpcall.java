package dev.cortado.drivers.xen.event;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;

/** Xen's interrupt: there are events for this CPU. */
final class EventUpcall implements InterruptHandler {
    /** So many times at most new events are looked for before other interrupts have their turn. */
    private static final int ROUNDS = 8;

    private final EventBits bits;

    EventUpcall(EventBits bits) {
        this.bits = bits;
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void handle() {
        int virtualCpu = VirtualCpus.current();
        long info = SharedInfo.virtualCpu(virtualCpu);
        long words = bits.take(info);
        for (int round = 0; words != 0; round++) {
            while (words != 0) {
                handleWord(virtualCpu, Long.numberOfTrailingZeros(words), round == ROUNDS);
                words &= words - 1;
            }
            if (round < ROUNDS) {
                words = bits.take(info);
            }
        }
    }

    /**
     * The events of 64 ports.
     *
     * @param later whether Xen is to tell of them again, right after this interrupt
     */
    @Uninterruptible(reason = Interrupts.REASON)
    private void handleWord(int virtualCpu, int word, boolean later) {
        long shared = SharedInfo.address();
        for (long ready = bits.ready(shared, word); ready != 0; ready &= ready - 1) {
            int port = word * Long.SIZE + Long.numberOfTrailingZeros(ready);
            if (EventChannels.owner(port) != virtualCpu) {
                continue;
            }
            if (later) {
                bits.mask(shared, port);
                EventCalls.unmask(port);
            } else if (bits.clearPending(shared, port)) {
                EventChannels.deliver(port);
            }
        }
    }
}
