package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.Segmentation;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.ring.CorruptRingException;
import dev.cortado.drivers.xen.ring.FrontRing;

/**
 * Buffers for packets of a backend (public/io/netif.h, "Guest receive"). A response is in the place
 * of its request, whose number is its id; extra information takes the place of one, too. For one
 * thread at a time.
 */
final class ReceiveRing {
    private static final int PAGE = BackendAccess.PAGE_BYTES;

    private final Object driver;
    private final FrontRing ring;
    private final NetworkMessages messages;
    private final BufferGrants grants;
    private final NetworkBuffers pool;
    private final int most;
    private final NetworkBuffer[] posted;

    /** Buffers to be given to the backend again. */
    private NetworkBuffer spare;

    private boolean starved;

    private long bad;

    /** What was found behind packets that made sense. */
    private CorruptRingException corrupt;

    /**
     * @param driver whose buffers they are
     * @param most buffers that the backend has
     */
    ReceiveRing(
            Object driver,
            FrontRing ring,
            NetworkMessages messages,
            BufferGrants grants,
            NetworkBuffers pool,
            int most) {
        this.driver = driver;
        this.ring = ring;
        this.messages = messages;
        this.grants = grants;
        this.pool = pool;
        this.most = Math.min(most, ring.size());
        posted = new NetworkBuffer[ring.size()];
    }

    FrontRing ring() {
        return ring;
    }

    /** Whether it could have given more, had there been a grant. */
    boolean isStarved() {
        return starved;
    }

    /** Packets that made no sense. */
    long bad() {
        return bad;
    }

    /** Gives the backend buffers; false if it could have more than there are. */
    boolean refill() {
        starved = false;
        while (ring.outstanding() < most) {
            NetworkBuffer buffer = spare;
            if (buffer != null) {
                spare = buffer.next();
                buffer.reset();
            } else {
                buffer = pool.takeFor(driver);
            }
            if (buffer == null) {
                return false;
            }
            int grant = grants.of(buffer);
            if (grant == BackendAccess.NONE) {
                keep(buffer);
                starved = true;
                return true; // no buffer that comes back helps
            }
            int place = ring.requestIndex() & ring.size() - 1;
            posted[place] = buffer;
            messages.receive(ring.nextRequest(), place, grant);
        }
        return true;
    }

    /** Takes the packets that have come, with all their parts; how many make sense. */
    int take(NetworkBuffer[] into) throws CorruptRingException {
        if (corrupt != null) {
            throw corrupt;
        }
        int count = 0;
        int left = ring.available();
        while (left > 0 && count < into.length) {
            int before = ring.responseIndex();
            NetworkBuffer packet;
            try {
                packet = packet(left);
            } catch (CorruptRingException e) {
                corrupt = e;
                break;
            } catch (OutOfMemoryError e) {
                if (count == 0) {
                    throw e; // otherwise when that happens again: what has come is the user's
                }
                break;
            }
            left -= ring.responseIndex() - before;
            if (packet != null) {
                NetworkBuffers.handBack(driver, packet);
                into[count++] = packet;
            }
        }
        if (corrupt != null && count == 0) {
            throw corrupt;
        }
        return count;
    }

    private NetworkBuffer next() {
        int place = ring.responseIndex() & ring.size() - 1;
        NetworkBuffer buffer = posted[place];
        posted[place] = null;
        return buffer;
    }

    /** A packet of so many responses at most; null if it makes no sense, and was counted. */
    private NetworkBuffer packet(int most) throws CorruptRingException {
        NetworkBuffer first = null;
        NetworkBuffer last = null;
        boolean good = true;
        boolean more = true;
        int left = most;
        while (more) {
            if (left-- == 0) {
                keep(first);
                throw new CorruptRingException("the backend gives a part of a packet");
            }
            int place = ring.responseIndex() & ring.size() - 1;
            NetworkBuffer part = next();
            long response = messages.received(ring.nextResponse());
            part.setNext(null);
            if (first == null) {
                first = part;
            } else {
                last.setNext(part);
            }
            last = part;
            if (NetworkMessages.receivedId(response) != place) {
                keep(first);
                throw new CorruptRingException(
                        "the backend fills buffer "
                                + NetworkMessages.receivedId(response)
                                + " in the place of "
                                + place);
            }
            int flags = NetworkMessages.receivedFlags(response);
            good &= fill(part, response) && (flags & NetworkMessages.RX_GSO_PREFIX) == 0;
            if (part == first) {
                int sum = NetworkMessages.RX_DATA_VALIDATED | NetworkMessages.RX_CSUM_BLANK;
                part.setChecksumGood((flags & sum) != 0);
            }
            if ((flags & NetworkMessages.RX_EXTRA_INFO) != 0) {
                int before = ring.responseIndex();
                good &= extras(first, left);
                left -= ring.responseIndex() - before;
            }
            more = (flags & NetworkMessages.RX_MORE_DATA) != 0;
        }
        if (!good) {
            bad++;
            keep(first);
            return null;
        }
        return first;
    }

    private static boolean fill(NetworkBuffer part, long response) {
        int offset = NetworkMessages.receivedOffset(response);
        int length = NetworkMessages.receivedStatus(response);
        if (length <= 0 || offset > PAGE - length) {
            return false;
        }
        part.setData(offset, length);
        return true;
    }

    /** Extra information, of so many responses at most; whether it makes sense. */
    private boolean extras(NetworkBuffer packet, int most) throws CorruptRingException {
        boolean good = true;
        boolean more = true;
        int left = most;
        while (more) {
            if (left-- == 0) {
                keep(packet);
                throw new CorruptRingException("the backend gives a part of a packet");
            }
            keep(next());
            long extra = messages.received(ring.nextResponse());
            more = (NetworkMessages.extraFlags(extra) & NetworkMessages.EXTRA_MORE) != 0;
            int size = NetworkMessages.segmentSize(extra);
            int kind = NetworkMessages.segmentKind(extra);
            if (NetworkMessages.extraType(extra) != NetworkMessages.EXTRA_GSO
                    || size == 0
                    || kind != NetworkMessages.GSO_TCPV4 && kind != NetworkMessages.GSO_TCPV6) {
                good = false;
            } else {
                boolean four = kind == NetworkMessages.GSO_TCPV4;
                packet.setSegmentation(four ? Segmentation.TCP4 : Segmentation.TCP6, size, 0);
                // It has its sum when it is cut, whether the backend says so or not.
                packet.setChecksumGood(true);
            }
        }
        return good;
    }

    private void keep(NetworkBuffer buffers) {
        for (NetworkBuffer part = buffers; part != null; ) {
            NetworkBuffer next = part.next();
            part.setNext(spare);
            spare = part;
            part = next;
        }
    }

    /** All that it has, linked, which is nobody's now. */
    NetworkBuffer end() {
        for (int i = 0; i < posted.length; i++) {
            keep(posted[i]);
            posted[i] = null;
        }
        NetworkBuffer all = spare;
        spare = null;
        return all;
    }
}
