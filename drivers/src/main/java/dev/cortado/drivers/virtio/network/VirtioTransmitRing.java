package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.TransmitRing;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import java.io.IOException;

/** A queue of packets to be sent (VIRTIO 1.2, 5.1.6.2): a header and the parts, in a chain each. */
final class VirtioTransmitRing implements TransmitRing {
    /** Descriptors before the data, where the header needs one of its own. */
    private final int headers;

    private final VirtQueue queue;
    private final PacketHeader header;
    private final int mostParts;
    private final BufferChain chain;

    VirtioTransmitRing(VirtQueue queue, PacketHeader header, boolean alone, int mostParts) {
        this.queue = queue;
        this.header = header;
        this.mostParts = mostParts;
        headers = alone ? 1 : 0;
        chain = new BufferChain(mostParts + 1);
    }

    @Override
    public int slots() {
        return 2 * queue.settings().size();
    }

    @Override
    public int headroom() {
        return NetworkBuffer.HEADROOM;
    }

    @Override
    public int mostParts() {
        return mostParts;
    }

    @Override
    public boolean hasRoom(NetworkBuffer packet, int parts) {
        return queue.hasRoom(headers + parts);
    }

    @Override
    public void add(NetworkBuffer packet, int slot) throws IOException {
        int bytes = header.bytes();
        long data = packet.deviceAddress();
        header.write(packet.address() - bytes, packet);
        chain.clear();
        if (headers == 1) {
            chain.out(data - bytes, bytes).out(data, packet.length());
        } else {
            chain.out(data - bytes, bytes + packet.length());
        }
        for (NetworkBuffer part = packet.next(); part != null; part = part.next()) {
            chain.out(part.deviceAddress(), part.length());
        }
        queue.add(chain, slot);
    }

    @Override
    public void publish() {
        queue.publish();
    }

    @Override
    public int take() throws IOException {
        return queue.take();
    }

    @Override
    public int outstanding() {
        return queue.outstanding();
    }

    @Override
    public boolean enableInterrupts() {
        return queue.enableInterrupts();
    }

    @Override
    public void disableInterrupts() {
        queue.disableInterrupts();
    }
}
