package dev.cortado.drivers.xen.ring;

/**
 * The side of a ring of bytes that writes. It knows its own index by heart: what the ring says of
 * it may have been changed by the other side. For one thread at a time.
 */
public final class RingWriter {
    private final RingPlace place;
    private int producer;

    /** Bytes that were not read yet when this last looked. */
    private int unread;

    private boolean corrupt;

    /** Goes on where the ring's indices say that the last writer ended. */
    public RingWriter(RingPlace place) {
        this.place = place;
        producer = place.producerIndex();
        unread = producer - place.consumerIndex();
        corrupt = Integer.compareUnsigned(unread, place.size()) > 0;
    }

    /** Bytes that can be written now. */
    public int room() throws CorruptRingException {
        int now = producer - place.consumerIndex();
        if (corrupt || Integer.compareUnsigned(now, unread) > 0) {
            corrupt = true;
            throw new CorruptRingException(
                    "the reader's index says that "
                            + Integer.toUnsignedString(now)
                            + " bytes are unread where "
                            + Integer.toUnsignedString(unread)
                            + " can be");
        }
        unread = now;
        return place.size() - now;
    }

    /** Writes as many of these bytes as there is room for, and returns how many. */
    public int write(byte[] source, int offset, int length) throws CorruptRingException {
        int count = Math.min(length, room());
        if (count > 0) {
            int first = place.untilEnd(producer, count);
            place.memory().copyIn(source, offset, place.addressOf(producer), first);
            place.memory().copyIn(source, offset + first, place.data(), count - first);
            producer += count;
            unread += count;
            place.memory().writeIntRelease(place.producer(), producer);
        }
        return count;
    }
}
