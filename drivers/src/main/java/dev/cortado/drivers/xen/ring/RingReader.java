package dev.cortado.drivers.xen.ring;

/**
 * The side of a ring of bytes that reads. It knows its own index by heart: what the ring says of it
 * may have been changed by the other side. For one thread at a time.
 */
public final class RingReader {
    private final RingPlace place;
    private int consumer;

    /** Bytes that were there to read when this last looked. */
    private int unread;

    private boolean corrupt;

    /** Goes on where the ring's indices say that the last reader ended. */
    public RingReader(RingPlace place) {
        this.place = place;
        consumer = place.consumerIndex();
    }

    /** Bytes that can be read now. */
    public int available() throws CorruptRingException {
        int now = place.producerIndex() - consumer;
        if (corrupt
                || Integer.compareUnsigned(now, place.size()) > 0
                || Integer.compareUnsigned(now, unread) < 0) {
            corrupt = true;
            throw new CorruptRingException(
                    "the writer's index says that "
                            + Integer.toUnsignedString(now)
                            + " bytes are unread in a ring of "
                            + place.size()
                            + " where at least "
                            + unread
                            + " were");
        }
        unread = now;
        return now;
    }

    /** Reads as many bytes as there are, at most {@code length}, and returns how many. */
    public int read(byte[] target, int offset, int length) throws CorruptRingException {
        int count = Math.min(length, available());
        if (count > 0) {
            int first = place.untilEnd(consumer, count);
            place.memory().copyOut(place.addressOf(consumer), target, offset, first);
            place.memory().copyOut(place.data(), target, offset + first, count - first);
            skip(count);
        }
        return count;
    }

    private void skip(int count) {
        consumer += count;
        unread -= count;
        place.memory().writeIntRelease(place.consumer(), consumer);
    }
}
