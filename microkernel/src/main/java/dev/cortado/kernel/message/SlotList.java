package dev.cortado.kernel.message;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordFactory;

/** Slots, first come first served. All zero is an empty list. */
@RawStructure
public interface SlotList extends PointerBase {
    @RawField
    MessageSlot getFirst();

    @RawField
    void setFirst(MessageSlot value);

    @RawField
    MessageSlot getLast();

    @RawField
    void setLast(MessageSlot value);

    /** The operations on a list. */
    final class Operations {
        private Operations() {}

        @Uninterruptible(reason = Scheduler.REASON)
        static void append(SlotList list, MessageSlot slot) {
            MessageSlot last = list.getLast();
            slot.setNext(WordFactory.nullPointer());
            slot.setPrevious(last);
            if (last.isNull()) {
                list.setFirst(slot);
            } else {
                last.setNext(slot);
            }
            list.setLast(slot);
        }

        @Uninterruptible(reason = Scheduler.REASON)
        static void prepend(SlotList list, MessageSlot slot) {
            MessageSlot first = list.getFirst();
            slot.setNext(first);
            slot.setPrevious(WordFactory.nullPointer());
            if (first.isNull()) {
                list.setLast(slot);
            } else {
                first.setPrevious(slot);
            }
            list.setFirst(slot);
        }

        @Uninterruptible(reason = Scheduler.REASON)
        static void remove(SlotList list, MessageSlot slot) {
            MessageSlot next = slot.getNext();
            MessageSlot previous = slot.getPrevious();
            if (previous.isNull()) {
                list.setFirst(next);
            } else {
                previous.setNext(next);
            }
            if (next.isNull()) {
                list.setLast(previous);
            } else {
                next.setPrevious(previous);
            }
        }
    }
}
