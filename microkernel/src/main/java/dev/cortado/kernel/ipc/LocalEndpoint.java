package dev.cortado.kernel.ipc;

import com.oracle.svm.core.AlwaysInline;
import dev.cortado.kernel.message.KernelCalls;
import dev.cortado.kernel.message.MessageSlot;
import dev.cortado.kernel.message.Port;
import dev.cortado.kernel.message.Ports;
import dev.cortado.kernel.message.WaitResult;
import dev.cortado.kernel.thread.Scheduler;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** Calls between threads of one image: requests and replies are references. */
final class LocalEndpoint<Q, R> implements Endpoint<Q, R> {
    private final Port port;
    private final Contract contract;

    /** What the service died of last. A caller may come to ask when the next one serves already. */
    private volatile Throwable cause;

    /** Whether nobody serves since then. */
    private volatile boolean dead;

    /** For good. */
    private volatile boolean closed;

    LocalEndpoint(Contract contract) {
        this.contract = Objects.requireNonNull(contract);
        port = Ports.create();
        KernelMemory.own(this, port.rawValue());
    }

    @Override
    public R call(Q request) throws InterruptedException {
        ThreadSlot slot = ThreadSlot.prepareToWait();
        Message<Q, R> message = slot.newMessage(this, request);
        int result = KernelCalls.get().call(port, slot.raw(), Scheduler.FOREVER);
        if (result != WaitResult.DONE) {
            result = goOn(slot, result, Scheduler.FOREVER);
        }
        slot.forgetMessage();
        Reference.reachabilityFence(this);
        return result == WaitResult.DONE && message.failure() == null
                ? message.reply()
                : failed(message, result);
    }

    @Override
    public R call(Q request, Duration timeout) throws InterruptedException, TimeoutException {
        long deadline = Deadline.in(timeout);
        ThreadSlot slot = ThreadSlot.prepareToWait();
        Message<Q, R> message = slot.newMessage(this, request);
        int result = goOn(slot, KernelCalls.get().call(port, slot.raw(), deadline), deadline);
        slot.forgetMessage();
        Reference.reachabilityFence(this);
        if (result == WaitResult.TIMED_OUT) {
            throw new TimeoutException("No reply within " + timeout);
        }
        return result == WaitResult.DONE && message.failure() == null
                ? message.reply()
                : failed(message, result);
    }

    /** The call goes on if it was not an interrupt that has ended its wait. */
    private static int goOn(ThreadSlot slot, int firstResult, long deadline) {
        MessageSlot raw = slot.raw();
        int result = firstResult;
        while (result == WaitResult.NUDGED) {
            if (!Thread.interrupted()) {
                result = KernelCalls.get().resume(raw, deadline);
            } else {
                result = Ports.cancel(raw);
                if (result == WaitResult.NUDGED) {
                    break;
                }
                // The reply was faster than the interrupt, which is for whoever waits next.
                Thread.currentThread().interrupt();
            }
        }
        return result;
    }

    private R failed(Message<Q, R> message, int result) throws InterruptedException {
        if (result == WaitResult.DONE) {
            throw new ServiceException("The service refused", message.failure());
        }
        if (result == WaitResult.NUDGED) {
            throw new InterruptedException();
        }
        if (result == WaitResult.ABANDONED || dead) {
            Throwable diedOf = cause;
            throw new ServiceException("The service has died: " + diedOf, diedOf);
        }
        throw new EndpointClosedException("The service has ended");
    }

    /** How many have received here and died. */
    int life() {
        int life = port.getLife();
        Reference.reachabilityFence(this);
        return life;
    }

    /**
     * The next call, or null.
     *
     * @param life of the server: when it has died, what comes is for its successor
     */
    Message<Q, R> receive(int life, long deadline) throws InterruptedException {
        ThreadSlot slot = ThreadSlot.prepareToWait();
        slot.raw().setLife(life);
        int result = KernelCalls.get().receive(port, slot.raw(), deadline);
        return received(slot, result, deadline);
    }

    Message<Q, R> replyAndReceive(Message<Q, R> message, R reply, int life, long deadline)
            throws InterruptedException {
        message.answer(this, reply, null);
        ThreadSlot slot;
        try {
            slot = ThreadSlot.prepareToWait();
        } catch (InterruptedException e) {
            Ports.reply(message.caller(), message.sequence());
            throw e;
        }
        slot.raw().setLife(life);
        int result =
                KernelCalls.get()
                        .replyAndReceive(
                                message.caller(), message.sequence(), port, slot.raw(), deadline);
        if (result == WaitResult.DONE) {
            Message<Q, R> next = messageOf(slot.raw());
            if (next != null) {
                Reference.reachabilityFence(this);
                return next;
            }
        }
        return received(slot, result, deadline);
    }

    /** False: the caller waits no more. */
    boolean reply(Message<Q, R> message, R reply, Throwable failure) {
        message.answer(this, reply, failure);
        return Ports.reply(message.caller(), message.sequence());
    }

    private Message<Q, R> received(ThreadSlot slot, int firstResult, long deadline)
            throws InterruptedException {
        MessageSlot raw = slot.raw();
        Message<Q, R> message = null;
        int result = firstResult;
        while (message == null) {
            switch (result) {
                case WaitResult.DONE:
                    message = messageOf(raw);
                    break;
                case WaitResult.TIMED_OUT:
                    Reference.reachabilityFence(this);
                    return null;
                case WaitResult.NUDGED:
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    break;
                default:
                    throw new EndpointClosedException("This endpoint has been closed");
            }
            if (message == null) {
                result = KernelCalls.get().receive(port, raw, deadline);
            }
        }
        Reference.reachabilityFence(this);
        return message;
    }

    /** The call that was received; null if the caller has taken it back meanwhile. */
    @AlwaysInline("A call takes no detour.")
    @SuppressWarnings("unchecked")
    private Message<Q, R> messageOf(MessageSlot receiver) {
        MessageSlot caller = receiver.getReceived();
        Message<?, ?> message = SlotTable.get(caller.getIndex()).message();
        return message != null
                        && message.caller() == caller
                        && message.sequence() == receiver.getReceivedSequence()
                ? (Message<Q, R>) message
                : null;
    }

    void close() {
        closed = true;
        Ports.close(port);
        Reference.reachabilityFence(this);
    }

    /**
     * The service has died: calls end or wait, as the contract says. After {@link #close} it does
     * nothing: who was told that the end has come must not be told something else when he looks.
     */
    void abandon(Throwable diedOf) {
        if (closed) {
            return;
        }
        cause = diedOf;
        dead = true;
        if (contract == Contract.FAIL) {
            Ports.abandon(port);
        } else {
            Ports.requeue(port);
        }
        Reference.reachabilityFence(this);
    }

    /** Somebody receives again. */
    void open() {
        dead = false;
        Ports.open(port);
        Reference.reachabilityFence(this);
    }
}
