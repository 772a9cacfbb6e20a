package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.folder.BadReplyException;
import dev.cortado.runtime.file.folder.Exchange;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.Slots;
import dev.cortado.runtime.file.folder.Transport;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Requests and their replies on a transport. A server that does not answer in time is given up:
 * nothing can be taken back from one.
 */
final class Connection extends Exchange {
    /** Bit 0 is the servers' own, for interrupts (fuse.h, FUSE_INT_REQ_BIT). */
    private static final int UNIQUE_STEP = 2;

    private final AtomicLong unique = new AtomicLong();

    /** Held while the slot for what has no reply is in use: it need not wait for what does. */
    private final ReentrantLock urgent = new ReentrantLock();

    /**
     * @param problems hears of a server that does not keep to the protocol, or does not answer
     */
    Connection(Transport transport, Patience patience, Consumer<String> problems) {
        super(Reply.PROTOCOL, transport, patience, problems);
    }

    /**
     * Sends a request and reads its reply.
     *
     * @throws FileException what the server says; EIO for a server that does not keep to the
     *     protocol, or does not answer
     */
    <T> T call(int opcode, long node, Writing<Request> writing, Reading<Reply, T> reading)
            throws FileException {
        return call(opcode, node, Request.MOST_BYTES, writing, reading);
    }

    /**
     * The same with a reply that is larger.
     *
     * @param data room for bytes in the reply: there are servers that fill it, whatever they were
     *     asked for
     */
    <T> T call(int opcode, long node, int data, Writing<Request> writing, Reading<Reply, T> reading)
            throws FileException {
        return call(slot -> call(slot, opcode, node, data, writing, reading));
    }

    /** The same where the reply is that it was done. */
    void call(int opcode, long node, Writing<Request> writing) throws FileException {
        call(opcode, node, writing, reply -> null);
    }

    private <T> T call(
            int slot,
            int opcode,
            long node,
            int data,
            Writing<Request> writing,
            Reading<Reply, T> reading)
            throws FileException {
        ByteBuffer memory = memory(slot);
        long number = unique.addAndGet(UNIQUE_STEP);
        Request request = new Request(memory, opcode, number, node);
        writing.to(request);
        int length = request.finish();
        int replyAt = replyAt(length);
        int room = Math.min(Reply.HEADER_BYTES + data, transport.slotBytes() - replyAt);
        transport.send(slot, length, replyAt, room);
        int count = Slots.awaitUninterruptibly(transport, slot, patience.forReply());
        if (count == Transport.NONE) {
            throw giveUp("no answer to operation " + opcode);
        }
        Reply reply = new Reply(memory, replyAt, count, opcode, number);
        T result = reading.from(reply);
        reply.requireEnd();
        return result;
    }

    private ByteBuffer memory(int slot) throws UnsentException {
        try {
            return transport.memory(slot);
        } catch (FileException e) {
            throw new UnsentException(e);
        }
    }

    /**
     * Says that a node was named one time less (fuse.h, FUSE_FORGET). There are servers of one
     * thread, which hear it only when they have done what they are at.
     */
    void forget(long node) throws FileException {
        urgent.lock();
        try {
            ByteBuffer memory = memory(keptSlot);
            long number = unique.addAndGet(UNIQUE_STEP);
            Request request = new Request(memory, Opcode.FORGET, number, node).number64(1);
            transport.tell(keptSlot, request.finish());
            int count = Slots.awaitUninterruptibly(transport, keptSlot, patience.forReply());
            if (count == Transport.NONE) {
                BadReplyException e = giveUp("it does not listen any more");
                problems.accept(e.path());
                throw e;
            }
        } finally {
            transport.done(keptSlot);
            urgent.unlock();
        }
    }
}
