package dev.cortado.kernel.list;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.WordFactory;

/** Lists by the address of a {@link NodeList}, of nodes by the address of a {@link ListNode}. */
final class NodeLists extends LinkedLists {
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static NodeList list(long address) {
        return WordFactory.pointer(address);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static ListNode node(long address) {
        return WordFactory.pointer(address);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long first(long list) {
        return list(list).getFirst().rawValue();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void setFirst(long list, long node) {
        list(list).setFirst(node(node));
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected long last(long list) {
        return list(list).getLast().rawValue();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void setLast(long list, long node) {
        list(list).setLast(node(node));
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long next(long node) {
        return node(node).getNext().rawValue();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void setNext(long node, long next) {
        node(node).setNext(node(next));
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected long previous(long node) {
        return node(node).getPrevious().rawValue();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void setPrevious(long node, long previous) {
        node(node).setPrevious(node(previous));
    }
}
