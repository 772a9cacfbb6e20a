package dev.cortado.kernel.ipc;

import com.oracle.svm.core.AlwaysInline;
import dev.cortado.kernel.message.MessageSlot;

/**
 * A call that was received: the request, and the right to reply to it once. There is a new one for
 * each call, so that who keeps it longer than it should sees nothing of later calls.
 */
public final class Message<Q, R> {
    private final LocalEndpoint<Q, R> endpoint;
    private final Q request;
    private final MessageSlot caller;
    private final long sequence;

    // Written before the kernel wakes the caller, read after that.
    private R reply;
    private Throwable failure;
    private boolean answered;

    Message(LocalEndpoint<Q, R> endpoint, Q request, MessageSlot caller, long sequence) {
        this.endpoint = endpoint;
        this.request = request;
        this.caller = caller;
        this.sequence = sequence;
    }

    public Q request() {
        return request;
    }

    MessageSlot caller() {
        return caller;
    }

    long sequence() {
        return sequence;
    }

    R reply() {
        return reply;
    }

    Throwable failure() {
        return failure;
    }

    private void refuse(LocalEndpoint<Q, R> by) {
        if (by != endpoint) {
            throw new IllegalArgumentException("This call was received somewhere else");
        }
        throw new IllegalStateException("This call has been answered already");
    }

    /** Puts the answer where the caller finds it. */
    @AlwaysInline("A call takes no detour.")
    void answer(LocalEndpoint<Q, R> by, R value, Throwable exception) {
        if (by != endpoint || answered) {
            refuse(by);
        }
        answered = true;
        reply = value;
        failure = exception;
    }
}
