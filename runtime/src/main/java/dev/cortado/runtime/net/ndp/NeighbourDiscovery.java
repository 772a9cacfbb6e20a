package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.icmp.MessageHandler;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.InterfaceAddress.State;
import dev.cortado.runtime.net.link.NeighbourTable;
import dev.cortado.runtime.net.random.SipHash;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.wire.EthernetFrame;
import dev.cortado.runtime.net.wire.IcmpMessage;
import dev.cortado.runtime.net.wire.Icmpv6Message;
import dev.cortado.runtime.net.wire.NeighbourMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Neighbour discovery's messages (RFC 4861). Redirects are ignored: who can send one can lie, and a
 * host with one router needs none.
 */
public final class NeighbourDiscovery implements MessageHandler, EthernetLink.NeighbourSolicitor {
    /** RFC 4861, 3: nobody behind a router can send that. */
    private static final int HOP_LIMIT = 255;

    private final IpLayer ip;
    private final TimerQueue timers;
    private final DropCounters drops;
    private final InterfaceIdentifier identifiers;
    private final NeighbourSender sender;
    private volatile Autoconfiguration[] configurations = {};

    /**
     * @param secret of addresses that are stable: the same each time if they are to be (RFC 7217)
     */
    public NeighbourDiscovery(IpLayer ip, TimerQueue timers, DropCounters drops, SipHash secret) {
        this.ip = ip;
        this.timers = timers;
        this.drops = drops;
        identifiers = new InterfaceIdentifier(secret);
        sender = new NeighbourSender(ip, drops);
    }

    /** Adds an interface; not while another thread does. It is up to its owner to start it. */
    public Autoconfiguration add(EthernetLink link) {
        Autoconfiguration added =
                new Autoconfiguration(link, ip, timers, drops, identifiers, sender);
        Autoconfiguration[] more = Arrays.copyOf(configurations, configurations.length + 1);
        more[configurations.length] = added;
        configurations = more;
        link.setSolicitor(this);
        return added;
    }

    /** The link's, which was added. */
    public Autoconfiguration of(EthernetLink link) {
        return find(link.index());
    }

    private Autoconfiguration find(int interfaceIndex) {
        for (Autoconfiguration configuration : configurations) {
            if (configuration.link().index() == interfaceIndex) {
                return configuration;
            }
        }
        return null;
    }

    @Override
    public void solicit(EthernetLink link, long high, long low, long mac, long now) {
        sender.solicitation(link, high, low, mac != NeighbourTable.UNKNOWN, now);
    }

    @Override
    public void lost(EthernetLink link, long high, long low) {
        of(link).routers.lost(high, low);
    }

    @Override
    public void receive(PacketBuffer packet, int type, long now) {
        PacketInfo info = packet.info();
        Autoconfiguration configuration = find(info.interfaceIndex);
        int minimum =
                switch (type) {
                    case Icmpv6Message.NEIGHBOUR_SOLICITATION,
                            Icmpv6Message.NEIGHBOUR_ADVERTISEMENT ->
                            NeighbourMessage.NEIGHBOUR_BYTES;
                    case Icmpv6Message.ROUTER_ADVERTISEMENT ->
                            NeighbourMessage.ROUTER_ADVERTISEMENT_BYTES;
                    default -> Integer.MAX_VALUE;
                };
        if (configuration == null || minimum == Integer.MAX_VALUE) {
            drops.count(DropReason.NDP_IGNORED);
            return;
        }
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        // RFC 4861, 6.1.2, 7.1.1 and 7.1.2. A message of several pieces has been in fragments.
        if (info.hopLimit != HOP_LIMIT
                || IcmpMessage.code(bytes, at) != 0
                || packet.continuation() != null
                || packet.length() < minimum
                || !NeighbourMessage.checkOptions(bytes, at + minimum, packet.length() - minimum)) {
            drops.count(DropReason.NDP_MALFORMED);
            return;
        }
        int optionBytes = packet.length() - minimum;
        switch (type) {
            case Icmpv6Message.NEIGHBOUR_SOLICITATION ->
                    solicited(configuration, packet, at, optionBytes, now);
            case Icmpv6Message.NEIGHBOUR_ADVERTISEMENT ->
                    advertised(configuration, packet, at, optionBytes, now);
            default -> configuration.routerAdvertised(packet, optionBytes, now);
        }
    }

    /** RFC 4861, 7.2.3; RFC 4862, 5.4.3. */
    private void solicited(
            Autoconfiguration configuration,
            PacketBuffer packet,
            int at,
            int optionBytes,
            long now) {
        EthernetLink link = configuration.link();
        PacketInfo info = packet.info();
        long high = NeighbourMessage.targetHigh(packet.bytes(), at);
        long low = NeighbourMessage.targetLow(packet.bytes(), at);
        InterfaceAddress target = link.address(high, low);
        boolean isProbe = Ipv6.isUnspecified(info.sourceHigh, info.sourceLow);
        if (target == null) {
            drops.count(DropReason.NDP_IGNORED);
            return;
        }
        if (target.state() == State.TENTATIVE) {
            if (isProbe) {
                configuration.duplicate(high, low, now);
            }
            return;
        }
        long mac =
                linkAddress(packet, at, optionBytes, NeighbourMessage.OPTION_SOURCE_LINK_ADDRESS);
        if (isProbe) {
            if (mac == NeighbourTable.UNKNOWN) {
                sender.advertisement(
                        link, high, low, Ipv6.ALL_NODES_HIGH, Ipv6.ALL_NODES_LOW, 0, now);
            } else {
                drops.count(DropReason.NDP_MALFORMED);
            }
            return;
        }
        if (mac != NeighbourTable.UNKNOWN) {
            link.learn(info.sourceHigh, info.sourceLow, mac, now);
        }
        sender.advertisement(
                link, high, low, info.sourceHigh, info.sourceLow, NeighbourMessage.SOLICITED, now);
    }

    /** RFC 4861, 7.2.5; RFC 4862, 5.4.4. */
    private void advertised(
            Autoconfiguration configuration,
            PacketBuffer packet,
            int at,
            int optionBytes,
            long now) {
        EthernetLink link = configuration.link();
        long high = NeighbourMessage.targetHigh(packet.bytes(), at);
        long low = NeighbourMessage.targetLow(packet.bytes(), at);
        int flags = IcmpMessage.parameter(packet.bytes(), at);
        boolean isSolicited = (flags & NeighbourMessage.SOLICITED) != 0;
        if (Ipv6.isMulticast(high) || isSolicited && packet.info().linkBroadcast) {
            drops.count(DropReason.NDP_MALFORMED);
            return;
        }
        InterfaceAddress own = link.address(high, low);
        if (own != null) {
            if (own.state() == State.TENTATIVE) {
                configuration.duplicate(high, low, now);
            } else {
                drops.count(DropReason.NDP_IGNORED);
            }
            return;
        }
        long mac =
                linkAddress(packet, at, optionBytes, NeighbourMessage.OPTION_TARGET_LINK_ADDRESS);
        if (mac == NeighbourTable.UNKNOWN) {
            // Who was asked at his own MAC address may leave it away.
            mac = link.ipv6Neighbours().macAddress(high, low);
        }
        boolean isRouter = (flags & NeighbourMessage.ROUTER) != 0;
        if (mac == NeighbourTable.UNKNOWN
                || !link.heard(high, low, mac, isSolicited, isRouter, now)) {
            drops.count(DropReason.NDP_IGNORED);
        }
    }

    private static long linkAddress(PacketBuffer packet, int at, int optionBytes, int kind) {
        int option =
                NeighbourMessage.option(
                        packet.bytes(),
                        at + NeighbourMessage.NEIGHBOUR_BYTES,
                        optionBytes,
                        kind,
                        NeighbourMessage.LINK_ADDRESS_BYTES);
        long mac =
                option < 0
                        ? NeighbourTable.UNKNOWN
                        : NeighbourMessage.linkAddress(packet.bytes(), option);
        return mac >= 0 && !EthernetFrame.isStation(mac) ? NeighbourTable.UNKNOWN : mac;
    }

    /**
     * We are somewhere else: sends an unsolicited advertisement of all addresses of a link, and
     * asks for the routers there (RFC 4861, 6.3.7).
     */
    public void announce(EthernetLink link, long now) {
        for (InterfaceAddress address : link.addresses()) {
            if (!address.isIpv4() && address.state() != State.TENTATIVE) {
                sender.advertisement(
                        link,
                        address.high(),
                        address.low(),
                        Ipv6.ALL_NODES_HIGH,
                        Ipv6.ALL_NODES_LOW,
                        0,
                        now);
            }
        }
        of(link).solicitRouters(now);
    }
}
