package dev.cortado.drivers.xen.ipc;

import dev.cortado.drivers.xen.connection.Link;
import dev.cortado.kernel.ipc.Receiver;
import dev.cortado.kernel.ipc.Sender;

/**
 * Messages of bytes to and from another domain. Each of the two ends is for one thread at a time.
 * When the other domain closes them, is destroyed or breaks the channel, or this one is moved to
 * another host, both throw an {@link dev.cortado.kernel.ipc.EndpointClosedException}; then close
 * this, and connect again.
 */
public final class DomainChannel implements AutoCloseable {
    private final int peer;
    private final Sender sender;
    private final Receiver receiver;

    DomainChannel(int peer, Link link) {
        this.peer = peer;
        sender = new Sender(link.outgoing());
        receiver = new Receiver(link.incoming());
    }

    /** The other domain's number, which it cannot forge. */
    public int peer() {
        return peer;
    }

    public Sender sender() {
        return sender;
    }

    public Receiver receiver() {
        return receiver;
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
