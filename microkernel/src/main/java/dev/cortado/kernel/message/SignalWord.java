package dev.cortado.kernel.message;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.list.NodeList;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;

/** 64 signals, and those who wait for some of them. All zero is one without signals. */
@RawStructure
public interface SignalWord extends NodeList {
    /** Those that nobody has waited for yet. */
    @RawField
    long getPending();

    @RawField
    void setPending(long value);

    /** The operations on signals. */
    final class Operations {
        private Operations() {}

        /** Wakes who waits for one of these; the others stay pending. Also from interrupts. */
        @Uninterruptible(reason = Scheduler.REASON)
        public static void signal(SignalWord word, long signals) {
            long flags = Scheduler.lock();
            signalLocked(word, signals);
            Scheduler.unlock(flags);
        }

        /** As {@link #signal}, for who has the scheduler's lock. */
        @Uninterruptible(reason = Scheduler.REASON)
        public static void signalLocked(SignalWord word, long signals) {
            long pending = word.getPending() | signals;
            MessageSlot slot = (MessageSlot) word.getFirst();
            while (slot.isNonNull() && pending != 0) {
                MessageSlot next = (MessageSlot) slot.getNext();
                long matching = pending & slot.getSignals();
                if (matching != 0) {
                    pending &= ~matching;
                    NodeList.Operations.remove(word, slot);
                    slot.setSignals(matching);
                    SlotWait.finish(slot, MessageSlot.DONE);
                }
                slot = next;
            }
            word.setPending(pending);
        }

        /** Takes those of {@code mask} that are pending. */
        @Uninterruptible(reason = Scheduler.REASON)
        public static long poll(SignalWord word, long mask) {
            long flags = Scheduler.lock();
            long matching = take(word, mask);
            Scheduler.unlock(flags);
            return matching;
        }

        /**
         * Takes those of {@code mask} that are pending, or waits for one.
         *
         * @return of {@link WaitResult}; the signals are then in the slot
         */
        @Uninterruptible(reason = Scheduler.REASON)
        public static int await(SignalWord word, MessageSlot slot, long mask, long deadline) {
            long flags = Scheduler.lock();
            int result = WaitResult.DONE;
            long matching = take(word, mask);
            if (matching != 0) {
                slot.setSignals(matching);
            } else {
                slot.setSignals(mask);
                slot.setState(MessageSlot.RECEIVING);
                slot.setThread(Scheduler.current());
                NodeList.Operations.append(word, slot);
                result = SlotWait.await(slot, deadline);
                if (slot.getState() == MessageSlot.RECEIVING) {
                    NodeList.Operations.remove(word, slot);
                }
                slot.setState(MessageSlot.IDLE);
            }
            Scheduler.unlock(flags);
            return result;
        }

        @Uninterruptible(reason = Scheduler.REASON)
        private static long take(SignalWord word, long mask) {
            long matching = word.getPending() & mask;
            word.setPending(word.getPending() & ~matching);
            return matching;
        }
    }
}
