package dev.cortado.drivers.network.card;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.TransmitRing;

/** Descriptors of what a card is to send, one a part. */
public abstract class CardTransmitRing implements TransmitRing {
    private final int size;
    private final int mostParts;
    private final int mostPartBytes;
    private final long addressLimit;

    /**
     * @param size descriptors in the ring
     * @param mostParts that a packet may have
     * @param mostPartBytes that a part may have
     * @param addressLimit below which address each part has to be
     */
    protected CardTransmitRing(int size, int mostParts, int mostPartBytes, long addressLimit) {
        this.size = size;
        this.mostParts = mostParts;
        this.mostPartBytes = mostPartBytes;
        this.addressLimit = addressLimit;
    }

    /** As many in the ring, and as many that were sent and not taken back. */
    @Override
    public final int slots() {
        return 2 * size;
    }

    @Override
    public final int headroom() {
        return 0;
    }

    @Override
    public final int mostParts() {
        return mostParts;
    }

    @Override
    public void check(NetworkBuffer packet) {
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            long end = part.deviceAddress() + part.length();
            if (part.length() > mostPartBytes || end > addressLimit) {
                throw new IllegalArgumentException(
                        "a part of "
                                + part.length()
                                + " bytes at 0x"
                                + Long.toHexString(part.deviceAddress()));
            }
        }
    }
}
