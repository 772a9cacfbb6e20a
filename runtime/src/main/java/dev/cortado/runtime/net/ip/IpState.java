package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.net.link.TransmitResult;
import dev.cortado.runtime.net.random.SipHash;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.random.RandomGenerator;

/** What both IPs have in common. */
final class IpState {
    /** Hops of a packet whose sender does not say (IANA, IP Option Numbers: 64). */
    static final int DEFAULT_HOPS = 64;

    private static final int COUNTERS = 256;
    private static final int PROTOCOLS = 256;

    final Links links = new Links();
    final RouteTable routes = new RouteTable();
    final PacketPool pool;
    final DropCounters drops;
    final PathMtuCache pathMtus;
    final Reassembler reassembler;
    private final Transport[] transports = new Transport[PROTOCOLS];
    private final SipHash hash;
    private final AtomicIntegerArray identifications = new AtomicIntegerArray(COUNTERS);
    volatile ErrorSender errors;

    IpState(PacketPool pool, TimerQueue timers, DropCounters drops, RandomGenerator random) {
        this.pool = pool;
        this.drops = drops;
        hash = new SipHash(random.nextLong(), random.nextLong());
        pathMtus = new PathMtuCache(hash);
        reassembler = new Reassembler(timers, drops, Math.max(16, pool.size() / 4));
        for (int i = 0; i < COUNTERS; i++) {
            identifications.set(i, random.nextInt());
        }
    }

    void setTransport(int protocol, Transport transport) {
        transports[protocol] = transport;
    }

    /** Null if nobody has said that he is. */
    Transport transport(int protocol) {
        return transports[protocol];
    }

    void setErrors(ErrorSender errorSender) {
        errors = errorSender;
        reassembler.setErrors(errorSender);
    }

    /**
     * A number for a packet that is fragmented: of a counter for each few destinations, so that
     * nobody learns from his own packets which the others' have (RFC 7739, 5.3).
     */
    int identification(long sourceLow, long destinationHigh, long destinationLow) {
        long hashed = hash.hash(sourceLow, destinationHigh, destinationLow);
        int counter = (int) hashed & COUNTERS - 1;
        return identifications.getAndIncrement(counter) + (int) (hashed >>> 32);
    }

    /**
     * The route of a packet to an address: to ourselves by loopback, to a group or to everybody by
     * the interface that was named.
     */
    Route route(long high, long low, int interfaceIndex, boolean isGroup) {
        Link loopback = links.loopback();
        if (!isGroup && loopback != null && links.isOurs(high, low)) {
            return onLink(loopback);
        }
        if (isGroup || Ipv6.isLinkLocal(high)) {
            Link link = interfaceIndex == 0 ? links.ordinary() : links.get(interfaceIndex);
            return link == null ? null : onLink(link);
        }
        return routes.find(high, low, interfaceIndex);
    }

    /** Of each link one route object is kept, so that none is made for a packet. */
    private volatile Route[] direct = {};

    private Route onLink(Link link) {
        for (Route route : direct) {
            if (route.link() == link) {
                return route;
            }
        }
        throw new IllegalStateException("The stack does not have the link " + link);
    }

    void add(Link link) {
        Route[] more = Arrays.copyOf(direct, direct.length + 1);
        more[direct.length] = new Route(0, 0, 0, 0, 0, link, 0);
        direct = more;
        links.add(link);
    }

    SendResult drop(PacketBuffer packet, DropReason reason, SendResult result) {
        drops.drop(packet, reason);
        return result;
    }

    static SendResult of(TransmitResult result) {
        return switch (result) {
            case SENT -> SendResult.SENT;
            case FULL -> SendResult.FULL;
            case DOWN -> SendResult.DOWN;
        };
    }

    /**
     * Sends a copy of a packet to ourselves, who are in the group that it goes to.
     *
     * @param packet starts at the IP header
     */
    void loopBack(PacketBuffer packet, long now) {
        Link loopback = links.loopback();
        PacketBuffer copy = loopback == null ? null : copy(packet);
        if (copy != null) {
            loopback.output(copy, 0, 0, now);
        }
    }

    /**
     * A copy of a packet in pieces of the pool's, with its info and marks; null if there is none.
     */
    PacketBuffer copy(PacketBuffer packet) {
        PacketBuffer first = null;
        PacketBuffer last = null;
        int total = packet.totalLength();
        for (int done = 0; done < total || first == null; ) {
            PacketBuffer piece = pool.take();
            if (piece == null) {
                drops.count(DropReason.NO_BUFFER);
                if (first != null) {
                    first.release();
                }
                return null;
            }
            int count = Math.min(total - done, piece.tailRoom());
            piece.appendFrom(packet, done, count);
            done += count;
            if (first == null) {
                first = piece;
            } else {
                last.setContinuation(piece);
            }
            last = piece;
        }
        first.info().copy(packet.info());
        copyChecksum(packet, first);
        return first;
    }

    private static void copyChecksum(PacketBuffer from, PacketBuffer to) {
        switch (from.checksum()) {
            case NONE -> to.setChecksumNone();
            case GOOD -> to.setChecksumGood();
            case BLANK -> {
                int moved = to.start() - from.start();
                to.setChecksumBlank(from.checksumStart() + moved, from.checksumField() + moved);
            }
        }
    }
}
