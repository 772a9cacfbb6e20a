package dev.cortado.kernel.ipc;

/**
 * Messages of bytes, one after the other, from one thread to another: for what is too much for
 * calls. The two ends can be handed on separately.
 */
public final class Channel {
    private final Sender sender;
    private final Receiver receiver;

    /**
     * @param capacity bytes, a power of two; each message takes 8 more than it has, rounded up to a
     *     multiple of 8, and is at most half of the capacity less 8
     */
    public Channel(int capacity) {
        SharedMemory memory = new SharedMemory(capacity);
        sender = new Sender(memory.outgoing());
        receiver = new Receiver(memory.incoming());
    }

    public Sender sender() {
        return sender;
    }

    public Receiver receiver() {
        return receiver;
    }
}
