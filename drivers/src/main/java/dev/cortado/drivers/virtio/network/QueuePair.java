package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.TransmitQueue;
import java.io.IOException;
import java.util.Objects;

/** A queue for each direction, as their user sees them. */
record QueuePair(ReceiveQueue receive, TransmitQueue transmit) implements NetworkQueue {
    @Override
    public int transmit(NetworkBuffer[] packets, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, packets.length);
        return transmit.transmit(packets, from, count);
    }

    @Override
    public int takeTransmitted(NetworkBuffer[] into) {
        return transmit.takeTransmitted(into);
    }

    @Override
    public int receive(NetworkBuffer[] into) throws IOException {
        return receive.receive(into);
    }
}
