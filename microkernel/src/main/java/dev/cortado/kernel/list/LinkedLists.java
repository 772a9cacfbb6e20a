package dev.cortado.kernel.list;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;

/**
 * The one doubly linked list: lists and nodes are numbers, and where their links are is up to who
 * extends this. A node is on one list at a time. Not synchronised.
 */
public abstract class LinkedLists {
    static final String REASON = "Guarded by a spin lock of the caller's.";
    static final String INLINED = "Where the links are is then known.";

    /** No node. */
    public static final long NONE = 0;

    @Uninterruptible(reason = REASON)
    public abstract long first(long list);

    @Uninterruptible(reason = REASON)
    protected abstract void setFirst(long list, long node);

    @Uninterruptible(reason = REASON)
    protected abstract long last(long list);

    @Uninterruptible(reason = REASON)
    protected abstract void setLast(long list, long node);

    @Uninterruptible(reason = REASON)
    public abstract long next(long node);

    @Uninterruptible(reason = REASON)
    protected abstract void setNext(long node, long next);

    @Uninterruptible(reason = REASON)
    protected abstract long previous(long node);

    @Uninterruptible(reason = REASON)
    protected abstract void setPrevious(long node, long previous);

    /** Puts a node that is on no list behind all others. */
    @AlwaysInline(INLINED)
    @Uninterruptible(reason = REASON, callerMustBe = true)
    public final void append(long list, long node) {
        long last = last(list);
        setNext(node, NONE);
        setPrevious(node, last);
        if (last == NONE) {
            setFirst(list, node);
        } else {
            setNext(last, node);
        }
        setLast(list, node);
    }

    /** Puts a node that is on no list before all others. */
    @AlwaysInline(INLINED)
    @Uninterruptible(reason = REASON, callerMustBe = true)
    public final void prepend(long list, long node) {
        long first = first(list);
        setNext(node, first);
        setPrevious(node, NONE);
        if (first == NONE) {
            setLast(list, node);
        } else {
            setPrevious(first, node);
        }
        setFirst(list, node);
    }

    /** Takes the first node off a list that has one, and returns it. */
    @AlwaysInline(INLINED)
    @Uninterruptible(reason = REASON, callerMustBe = true)
    public final long removeFirst(long list) {
        long node = first(list);
        long next = next(node);
        setFirst(list, next);
        if (next == NONE) {
            setLast(list, NONE);
        } else {
            setPrevious(next, NONE);
        }
        return node;
    }

    /** Takes a node off the list that it is on. */
    @AlwaysInline(INLINED)
    @Uninterruptible(reason = REASON, callerMustBe = true)
    public final void remove(long list, long node) {
        long next = next(node);
        long previous = previous(node);
        if (previous == NONE) {
            setFirst(list, next);
        } else {
            setNext(previous, next);
        }
        if (next == NONE) {
            setLast(list, previous);
        } else {
            setPrevious(next, previous);
        }
    }
}
