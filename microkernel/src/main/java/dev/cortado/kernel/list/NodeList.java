package dev.cortado.kernel.list;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;
import org.graalvm.word.PointerBase;

/** The ends of a list of {@link ListNode}s. All zero is an empty one. */
@RawStructure
public interface NodeList extends PointerBase {
    @RawField
    ListNode getFirst();

    @RawField
    void setFirst(ListNode value);

    @RawField
    ListNode getLast();

    @RawField
    void setLast(ListNode value);

    /** The operations on a list. */
    final class Operations {
        private static final NodeLists LISTS = new NodeLists();

        private Operations() {}

        @AlwaysInline(LinkedLists.INLINED)
        @Uninterruptible(reason = LinkedLists.REASON, callerMustBe = true)
        public static void append(NodeList list, ListNode node) {
            LISTS.append(list.rawValue(), node.rawValue());
        }

        @AlwaysInline(LinkedLists.INLINED)
        @Uninterruptible(reason = LinkedLists.REASON, callerMustBe = true)
        public static void prepend(NodeList list, ListNode node) {
            LISTS.prepend(list.rawValue(), node.rawValue());
        }

        @AlwaysInline(LinkedLists.INLINED)
        @Uninterruptible(reason = LinkedLists.REASON, callerMustBe = true)
        public static void removeFirst(NodeList list) {
            LISTS.removeFirst(list.rawValue());
        }

        @AlwaysInline(LinkedLists.INLINED)
        @Uninterruptible(reason = LinkedLists.REASON, callerMustBe = true)
        public static void remove(NodeList list, ListNode node) {
            LISTS.remove(list.rawValue(), node.rawValue());
        }
    }
}
