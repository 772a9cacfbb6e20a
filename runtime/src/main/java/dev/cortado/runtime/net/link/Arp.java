package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.wire.ArpPacket;
import dev.cortado.runtime.net.wire.EthernetFrame;
import java.util.function.LongConsumer;

/**
 * ARP (RFC 826) on one Ethernet link, and the detection of addresses that somebody else has (RFC
 * 5227). Keeps nothing: the neighbours are the table's.
 */
final class Arp {
    /** RFC 5227, 1.1: at most one defence of an address in ten seconds. */
    private static final long DEFEND_INTERVAL = 10_000_000_000L;

    private final EthernetLink link;
    private final PacketPool pool;
    private final DropCounters drops;
    private volatile long lastDefence;
    private volatile boolean hasDefended;

    /** The address that is being probed for, 0 if none is, and who wants to know. */
    private volatile int probed;

    private volatile LongConsumer conflict;

    Arp(EthernetLink link, PacketPool pool, DropCounters drops) {
        this.link = link;
        this.pool = pool;
        this.drops = drops;
    }

    void receive(NeighbourTable neighbours, PacketBuffer packet, long now) {
        try {
            if (!ArpPacket.check(packet.bytes(), packet.start(), packet.length())) {
                drops.count(DropReason.ARP_MALFORMED);
            } else {
                take(neighbours, packet, now);
            }
        } finally {
            packet.release();
        }
    }

    private void take(NeighbourTable neighbours, PacketBuffer packet, long now) {
        var bytes = packet.bytes();
        int at = packet.start();
        long mac = ArpPacket.senderHardware(bytes, at);
        int sender = ArpPacket.senderProtocol(bytes, at);
        int target = ArpPacket.targetProtocol(bytes, at);
        boolean isRequest = ArpPacket.operation(bytes, at) == ArpPacket.REQUEST;
        if (!EthernetFrame.isStation(mac) || sender != 0 && !Ipv4.isUnicast(sender)) {
            drops.count(DropReason.ARP_MALFORMED);
            return;
        }
        if (mac == link.macAddress()) {
            // Our own, which a bridge has sent back.
            drops.count(DropReason.ARP_NOT_FOR_US);
            return;
        }
        boolean isProbe = sender == 0 && isRequest;
        if (probed != 0 && (sender == probed || isProbe && target == probed)) {
            drops.count(DropReason.ARP_CONFLICT);
            LongConsumer told = conflict;
            if (told != null) {
                told.accept(now);
            }
            return;
        }
        if (sender != 0 && isOurs(sender)) {
            drops.count(DropReason.ARP_CONFLICT);
            defend(sender, now);
            return;
        }
        long low = Ipv6.mappedLow(sender);
        // An answer to us counts, even if the address that we asked with is gone since.
        boolean isAnswer = !isRequest && ArpPacket.targetHardware(bytes, at) == link.macAddress();
        if (!isOurs(target) && !isAnswer) {
            // A gratuitous one may make us ask the old address; it teaches us nothing new.
            if (sender != 0 && sender == target) {
                neighbours.heard(0, low, mac, false, false, now);
            }
            drops.count(DropReason.ARP_NOT_FOR_US);
        } else if (isRequest) {
            if (sender != 0 && link.isOnLink(sender)) {
                neighbours.learn(0, low, mac, now);
            }
            send(ArpPacket.REPLY, mac, target, mac, sender);
        } else if (sender == 0 || !neighbours.heard(0, low, mac, true, false, now)) {
            drops.count(DropReason.ARP_UNASKED);
        }
    }

    /** RFC 5227, 2.4, (b): says once that it is ours, and lives with it. */
    private void defend(int address, long now) {
        if (!hasDefended || now - lastDefence > DEFEND_INTERVAL) {
            hasDefended = true;
            lastDefence = now;
            announce(address);
        }
    }

    private boolean isOurs(int address) {
        return link.address(0, Ipv6.mappedLow(address)) != null;
    }

    void request(int target, long mac) {
        long to = mac == NeighbourTable.UNKNOWN ? EthernetFrame.BROADCAST : mac;
        int source = link.sourceFor(target);
        if (source != 0) {
            send(ArpPacket.REQUEST, to, source, 0, target);
        }
    }

    /** A gratuitous request (RFC 5227, 2.3): everybody who knows us learns where we are. */
    void announce(int address) {
        send(ArpPacket.REQUEST, EthernetFrame.BROADCAST, address, 0, address);
    }

    /** Asks whether somebody has an address that we would like to have (RFC 5227, 2.1.1). */
    void probe(int address, LongConsumer told) {
        conflict = told;
        probed = address;
        send(ArpPacket.REQUEST, EthernetFrame.BROADCAST, 0, 0, address);
    }

    void endProbe() {
        probed = 0;
        conflict = null;
    }

    private void send(int operation, long to, int source, long targetHardware, int target) {
        PacketBuffer packet = pool.take();
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return;
        }
        int at = packet.append(ArpPacket.BYTES);
        ArpPacket.write(
                packet.bytes(), at, operation, link.macAddress(), source, targetHardware, target);
        link.transmit(packet, to, EthernetFrame.TYPE_ARP);
    }
}
