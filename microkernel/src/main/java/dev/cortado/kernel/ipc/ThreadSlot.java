package dev.cortado.kernel.ipc;

import com.oracle.svm.core.AlwaysInline;
import dev.cortado.kernel.message.MessageSlot;
import dev.cortado.kernel.message.SlotWait;
import sun.nio.ch.Interruptible;

/**
 * What a Java thread sends and waits with: the kernel's {@link MessageSlot} and beside it, for the
 * kernel does not touch objects, the message of the thread's call.
 */
final class ThreadSlot implements Interruptible {
    private static final ThreadLocal<ThreadSlot> CURRENT = new ThreadLocal<>();

    private final MessageSlot raw;
    private long lastSequence;

    /** Ordered by the kernel lock: written before the call is sent, read after it was received. */
    private Message<?, ?> message;

    ThreadSlot(MessageSlot raw) {
        this.raw = raw;
        lastSequence = raw.getSequence();
    }

    /**
     * The current thread's, ready to wait: from here on an interrupt ends its wait.
     *
     * @throws InterruptedException if it is interrupted already
     */
    @AlwaysInline("A call takes no detour.")
    static ThreadSlot prepareToWait() throws InterruptedException {
        // Calls are many: the listener is found sooner than the thread-local.
        ThreadSlot slot = Interruption.get().listener() instanceof ThreadSlot own ? own : install();
        if (Interruption.get().isPending()) {
            checkInterrupt();
        }
        return slot;
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static ThreadSlot install() {
        ThreadSlot slot = CURRENT.get();
        if (slot == null) {
            slot = SlotTable.add();
            CURRENT.set(slot);
        }
        Interruption.get().setListener(slot);
        return slot;
    }

    MessageSlot raw() {
        return raw;
    }

    /** A message of this thread's next call. */
    @AlwaysInline("A call takes no detour.")
    <Q, R> Message<Q, R> newMessage(LocalEndpoint<Q, R> endpoint, Q request) {
        long sequence = ++lastSequence;
        Message<Q, R> next = new Message<>(endpoint, request, raw, sequence);
        raw.setSequence(sequence);
        message = next;
        return next;
    }

    void forgetMessage() {
        message = null;
    }

    /** What this thread's call has in it; null, or a later one, if the call is no more. */
    Message<?, ?> message() {
        return message;
    }

    @Override
    public void interrupt(Thread thread) {
        SlotWait.nudge(raw);
    }

    @Override
    public void postInterrupt() {
        // The wait has been ended.
    }
}
