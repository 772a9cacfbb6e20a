package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/**
 * Carries messages to a server and back, in slots with memory of their own. A slot is one thread's
 * at a time, from {@link #memory} until {@link #done}.
 */
public interface Transport {
    /** Instead of a number of bytes: there is no reply yet. */
    int NONE = -1;

    /** How many there are: 2 or more. */
    int slots();

    /** How many bytes of memory each has, for a request and the reply behind it. */
    int slotBytes();

    /**
     * A slot's memory.
     *
     * @throws FileException ENOMEM, EIO
     */
    ByteBuffer memory(int slot) throws FileException;

    /**
     * Sends the request at the beginning of a slot's memory.
     *
     * @param replyAt where the reply is to be put: a multiple of 8, behind the request
     * @param replyBytes the room for it, within the slot's memory
     * @throws FileException EIO
     */
    void send(int slot, int requestBytes, int replyAt, int replyBytes) throws FileException;

    /**
     * Sends a message to which there is no reply, by the way for urgent ones: it overtakes
     * requests. {@link #await} says when the server has taken it.
     *
     * @throws FileException EIO
     */
    void tell(int slot, int messageBytes) throws FileException;

    /**
     * Waits for the reply.
     *
     * @return its bytes, 0 if the server has let go of the slot without one; {@link #NONE} if there
     *     still is none after so many nanoseconds
     * @throws FileException EIO: there will be none, and the memory is nobody else's any more
     */
    int await(int slot, long nanoseconds) throws FileException, InterruptedException;

    /** Nobody looks at a slot's memory any more. A request that is under way there has failed. */
    void done(int slot);

    /** Whether anything can still be sent. */
    boolean isAlive();

    /** Ends it: the server gets at no memory any more, and who waits gets an error. */
    void fail(String why);
}
