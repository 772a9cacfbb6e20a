package dev.cortado.kernel.list;

import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;
import org.graalvm.word.PointerBase;

/** What can be on a {@link NodeList}, on one at a time: the begin of a larger structure. */
@RawStructure
public interface ListNode extends PointerBase {
    @RawField
    ListNode getNext();

    @RawField
    void setNext(ListNode value);

    @RawField
    ListNode getPrevious();

    @RawField
    void setPrevious(ListNode value);
}
