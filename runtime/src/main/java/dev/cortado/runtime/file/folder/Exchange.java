package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.FileException;
import java.util.function.Consumer;

/** Requests and their replies on a transport, as far as that does not depend on the protocol. */
public abstract class Exchange {
    private static final int ALIGNMENT = 8;

    /** Writes what a request has behind its header. */
    @FunctionalInterface
    public interface Writing<Q> {
        void to(Q request);
    }

    /** Reads what a reply has behind its header. */
    @FunctionalInterface
    public interface Reading<A extends ReplyFields, T> {
        T from(A reply) throws FileException;
    }

    /** Sends a request from a slot's memory, and reads its reply there. */
    @FunctionalInterface
    protected interface Call<T> {
        T in(int slot) throws FileException;
    }

    protected final Transport transport;
    protected final Patience patience;

    /** Hears of a server that does not keep to the protocol, or does not answer. */
    protected final Consumer<String> problems;

    /** It is kept for what must not wait for other requests. */
    protected final int keptSlot;

    private final String protocol;
    private final Slots slots;

    /**
     * @param protocol what messages for people begin with
     * @param problems hears of a server that does not keep to the protocol, or does not answer
     */
    protected Exchange(
            String protocol, Transport transport, Patience patience, Consumer<String> problems) {
        this.protocol = protocol;
        this.transport = transport;
        this.patience = patience;
        this.problems = problems;
        keptSlot = transport.slots() - 1;
        slots = new Slots(transport, keptSlot);
    }

    public final boolean isAlive() {
        return transport.isAlive();
    }

    /** Does it in a slot that is free, as soon as there is one. */
    protected final <T> T call(Call<T> call) throws FileException {
        int slot = slots.take();
        try {
            return call.in(slot);
        } catch (BadReplyException e) {
            problems.accept(e.path());
            throw e;
        } finally {
            slots.giveBack(slot);
        }
    }

    /** Where in a slot the reply to a request of so many bytes is. */
    protected static int replyAt(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Ends the transport; the error is for who waited. */
    protected final BadReplyException giveUp(String why) {
        transport.fail(why);
        return new BadReplyException(protocol + why);
    }
}
