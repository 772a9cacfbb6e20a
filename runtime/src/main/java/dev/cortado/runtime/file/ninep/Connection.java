package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.folder.BadReplyException;
import dev.cortado.runtime.file.folder.Exchange;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.Slots;
import dev.cortado.runtime.file.folder.Transport;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Requests and their replies on a transport. Each has a slot, whose number is its tag. A request
 * whose caller is interrupted, or that was not answered in time, is taken back (flush(5)); a server
 * that does not answer that either is given up.
 */
final class Connection extends Exchange {
    /** A tag that no other request has (version(5), NOTAG). */
    private static final int NO_TAG = 0xffff;

    /** Held while the slot for flushes is in use. */
    private final ReentrantLock flushing = new ReentrantLock();

    /**
     * @param problems hears of a server that does not keep to the protocol, or does not answer
     */
    Connection(Transport transport, Patience patience, Consumer<String> problems) {
        super(Reply.PROTOCOL, transport, patience, problems);
    }

    /**
     * Sends a request and reads its reply.
     *
     * @throws FileException what the server says; EINTR, with the thread's interrupted status set;
     *     EIO for a server that does not keep to the protocol, or does not answer
     */
    <T> T call(int type, Writing<Request> writing, Reading<Reply, T> reading) throws FileException {
        boolean isVersion = type == MessageType.VERSION;
        return call(slot -> call(slot, type, isVersion ? NO_TAG : slot, writing, reading));
    }

    private <T> T call(
            int slot, int type, int tag, Writing<Request> writing, Reading<Reply, T> reading)
            throws FileException {
        ByteBuffer memory = transport.memory(slot);
        Request request = new Request(memory, type, tag);
        writing.to(request);
        int replyAt = send(slot, request);
        int count = await(slot, type, tag);
        Reply reply = new Reply(memory, replyAt, count, type, tag);
        T result = reading.from(reply);
        reply.requireEnd();
        return result;
    }

    private int send(int slot, Request request) throws FileException {
        int length = request.finish();
        int replyAt = replyAt(length);
        transport.send(slot, length, replyAt, transport.slotBytes() - replyAt);
        return replyAt;
    }

    private int await(int slot, int type, int tag) throws FileException {
        if (!MessageType.isInterruptible(type)) {
            int count = Slots.awaitUninterruptibly(transport, slot, patience.forReply());
            return count == Transport.NONE ? takeBack(slot, type, tag, false) : count;
        }
        boolean isInterrupted = false;
        int count = Transport.NONE;
        try {
            count = transport.await(slot, patience.forReply());
        } catch (InterruptedException e) {
            isInterrupted = true;
        }
        try {
            return count == Transport.NONE ? takeBack(slot, type, tag, isInterrupted) : count;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Takes a request back. If its reply was faster, that one counts: the server has done what was
     * asked for (flush(5)).
     *
     * @return the reply's bytes
     * @throws FileException EINTR or EIO if there is none
     */
    private int takeBack(int slot, int type, int tag, boolean isInterrupted) throws FileException {
        flushing.lock();
        try {
            flush(tag);
        } finally {
            transport.done(keptSlot);
            flushing.unlock();
        }
        int count = Slots.awaitUninterruptibly(transport, slot, patience.forFlush());
        if (count == Transport.NONE) {
            throw giveUp("it keeps a request of type " + type + " that was taken back");
        }
        if (count == 0 && isInterrupted) {
            throw new FileException(Errno.EINTR);
        }
        if (count == 0) {
            throw new BadReplyException(Reply.PROTOCOL + "no answer to a request of type " + type);
        }
        return count;
    }

    private void flush(int tag) throws FileException {
        ByteBuffer memory = transport.memory(keptSlot);
        Request request = new Request(memory, MessageType.FLUSH, keptSlot).number16(tag);
        int replyAt = send(keptSlot, request);
        int count = Slots.awaitUninterruptibly(transport, keptSlot, patience.forFlush());
        if (count == Transport.NONE) {
            throw giveUp("it answers nothing any more");
        }
        try {
            new Reply(memory, replyAt, count, MessageType.FLUSH, keptSlot).requireEnd();
        } catch (FileException e) {
            throw giveUp(e.getMessage());
        }
    }
}
