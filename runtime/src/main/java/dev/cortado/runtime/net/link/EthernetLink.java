package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketChecksum;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.count.Traffic;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.wire.EthernetFrame;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/** An interface to an Ethernet. */
public final class EthernetLink extends Link implements FrameReceiver {
    private final FrameDevice device;
    private final PacketPool pool;
    private final DropCounters drops;
    private final NeighbourTable ipv4Neighbours;
    private final NeighbourTable ipv6Neighbours;
    private final Arp arp;
    private volatile LinkProtocol ipv4;
    private volatile LinkProtocol ipv6;
    private volatile NeighbourSolicitor solicitor;
    private volatile int mtuLimit = Integer.MAX_VALUE;
    private volatile LinkListener listener;

    /** Who asks for the MAC addresses of IPv6's neighbours. */
    public interface NeighbourSolicitor {
        /**
         * @param mac whom to ask, {@link NeighbourTable#UNKNOWN} for the solicited-node group
         */
        void solicit(EthernetLink link, long high, long low, long mac, long now);

        /** One has not answered. Called without a lock. */
        void lost(EthernetLink link, long high, long low);
    }

    /** Who wants to know when the link goes up or down. */
    public interface LinkListener {
        void changed(EthernetLink link, boolean isUp, long now);
    }

    public EthernetLink(
            int index,
            String name,
            FrameDevice device,
            PacketPool pool,
            TimerQueue timers,
            DropCounters drops,
            RandomGenerator random) {
        super(index, name);
        this.device = device;
        this.pool = pool;
        this.drops = drops;
        ipv4Neighbours = new NeighbourTable(new Ipv4Owner(), timers, drops, random);
        ipv6Neighbours = new NeighbourTable(new Ipv6Owner(), timers, drops, random);
        arp = new Arp(this, pool, drops);
        device.setReceiver(this);
    }

    public long macAddress() {
        return device.macAddress();
    }

    @Override
    public int mtu() {
        return Math.min(device.mtu(), mtuLimit);
    }

    /** A router says that packets on this link are shorter (RFC 4861, 4.6.4). */
    public void setMtuLimit(int bytes) {
        mtuLimit = bytes;
    }

    @Override
    public int features() {
        return device.features();
    }

    @Override
    public int segmentationLimit() {
        return device.segmentationLimit();
    }

    @Override
    public boolean isUp() {
        return device.isUp();
    }

    @Override
    public long traffic(Traffic what) {
        return device.traffic(what);
    }

    @Override
    public boolean isLoopback() {
        return false;
    }

    @Override
    public void setProtocols(LinkProtocol ipv4Protocol, LinkProtocol ipv6Protocol) {
        ipv4 = ipv4Protocol;
        ipv6 = ipv6Protocol;
    }

    public void setSolicitor(NeighbourSolicitor neighbourDiscovery) {
        solicitor = neighbourDiscovery;
    }

    public void setListener(LinkListener linkListener) {
        listener = linkListener;
    }

    public NeighbourTable ipv4Neighbours() {
        return ipv4Neighbours;
    }

    public NeighbourTable ipv6Neighbours() {
        return ipv6Neighbours;
    }

    /** A neighbour of IPv6's told its MAC address by a message of its own (RFC 4861, 7.2.3). */
    public void learn(long high, long low, long mac, long now) {
        ipv6Neighbours.learn(high, low, mac, now);
    }

    /** A neighbour of IPv6's advertised itself; false if that was of no use. */
    public boolean heard(
            long high, long low, long mac, boolean isSolicited, boolean isRouter, long now) {
        return ipv6Neighbours.heard(high, low, mac, isSolicited, isRouter, now);
    }

    /** Tells all neighbours that we have an IPv4 address, or where we are now. */
    public void announce(int address) {
        arp.announce(address);
    }

    /**
     * Asks once whether somebody has an IPv4 address that we would like to have; until {@link
     * #endProbe} who answers makes {@code conflict} be told, and when.
     */
    public void probe(int address, LongConsumer conflict) {
        arp.probe(address, conflict);
    }

    public void endProbe() {
        arp.endProbe();
    }

    @Override
    public void linkChanged(long now) {
        ipv4Neighbours.clear();
        ipv6Neighbours.clear();
        boolean isUp = device.isUp();
        if (isUp) {
            for (InterfaceAddress address : addresses()) {
                if (address.isIpv4()) {
                    arp.announce(address.ipv4());
                }
            }
        }
        LinkListener told = listener;
        if (told != null) {
            told.changed(this, isUp, now);
        }
    }

    @Override
    public void receive(PacketBuffer frame, long now) {
        var bytes = frame.bytes();
        int at = frame.start();
        if (!EthernetFrame.check(frame.length())) {
            drops.drop(frame, DropReason.FRAME_TRUNCATED);
            return;
        }
        long destination = EthernetFrame.destination(bytes, at);
        long source = EthernetFrame.source(bytes, at);
        boolean isGroup = EthernetFrame.isGroup(destination);
        if (EthernetFrame.isGroup(source) || source == device.macAddress()) {
            // A frame of ours that a bridge gives back would speak against our own addresses.
            drops.drop(frame, DropReason.FRAME_SOURCE);
            return;
        }
        if (!isGroup && destination != device.macAddress()) {
            drops.drop(frame, DropReason.FRAME_NOT_OURS);
            return;
        }
        int type = EthernetFrame.type(bytes, at);
        frame.pull(EthernetFrame.HEADER_BYTES);
        frame.info().linkBroadcast = isGroup;
        frame.info().interfaceIndex = index();
        frame.info().arrival = now;
        LinkProtocol protocol = type == EthernetFrame.TYPE_IPV4 ? ipv4 : ipv6;
        if (type == EthernetFrame.TYPE_ARP) {
            arp.receive(ipv4Neighbours, frame, now);
        } else if ((type == EthernetFrame.TYPE_IPV4 || type == EthernetFrame.TYPE_IPV6)
                && protocol != null) {
            protocol.receive(this, frame, now);
        } else {
            drops.drop(frame, DropReason.ETHERTYPE_UNKNOWN);
        }
    }

    @Override
    public TransmitResult output(PacketBuffer packet, long nextHigh, long nextLow, long now) {
        if (Ipv6.isMapped(nextHigh, nextLow)) {
            int next = (int) nextLow;
            if (next == Ipv4.BROADCAST || isBroadcast(next)) {
                return transmit(packet, EthernetFrame.BROADCAST, EthernetFrame.TYPE_IPV4);
            }
            return Ipv4.isMulticast(next)
                    ? transmit(packet, EthernetFrame.ipv4Group(next), EthernetFrame.TYPE_IPV4)
                    : ipv4Neighbours.send(packet, nextHigh, nextLow, now);
        }
        return Ipv6.isMulticast(nextHigh)
                ? transmit(packet, EthernetFrame.ipv6Group(nextLow), EthernetFrame.TYPE_IPV6)
                : ipv6Neighbours.send(packet, nextHigh, nextLow, now);
    }

    @Override
    public void confirm(long nextHigh, long nextLow, long now) {
        boolean isIpv4 = Ipv6.isMapped(nextHigh, nextLow);
        (isIpv4 ? ipv4Neighbours : ipv6Neighbours).confirm(nextHigh, nextLow, now);
    }

    /** Puts a header before a packet and gives it to the device. */
    TransmitResult transmit(PacketBuffer packet, long destination, int type) {
        if (!device.isUp()) {
            drops.drop(packet, DropReason.LINK_DOWN);
            return TransmitResult.DOWN;
        }
        int features = device.features();
        if ((features & DeviceFeatures.TRANSMIT_CHECKSUM) == 0) {
            PacketChecksum.complete(packet);
        }
        if (packet.continuation() != null && (features & DeviceFeatures.GATHER) == 0) {
            PacketBuffer joined = join(packet);
            return joined == null ? TransmitResult.FULL : transmit(joined, destination, type);
        }
        int at = packet.push(EthernetFrame.HEADER_BYTES);
        EthernetFrame.write(packet.bytes(), at, destination, device.macAddress(), type);
        if (!device.transmit(packet)) {
            drops.drop(packet, DropReason.DEVICE_FULL);
            return TransmitResult.FULL;
        }
        return TransmitResult.SENT;
    }

    /**
     * A packet of one piece, for a device that knows no others; null if there is no such buffer.
     */
    private PacketBuffer join(PacketBuffer packet) {
        PacketChecksum.complete(packet);
        PacketBuffer joined = pool.take();
        int total = packet.totalLength();
        boolean fits = joined != null && total <= joined.tailRoom();
        if (fits) {
            joined.appendFrom(packet, 0, total);
        } else if (joined != null) {
            joined.release();
        }
        if (!fits) {
            drops.count(joined == null ? DropReason.NO_BUFFER : DropReason.FRAME_TOO_BIG);
        }
        packet.release();
        return fits ? joined : null;
    }

    private boolean isBroadcast(int destination) {
        for (InterfaceAddress address : addresses()) {
            if (address.isBroadcast(destination)) {
                return true;
            }
        }
        return false;
    }

    boolean isOnLink(int ipv4Address) {
        for (InterfaceAddress address : addresses()) {
            if (address.isIpv4() && address.isOnLink(0, Ipv6.mappedLow(ipv4Address))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The address of ours to ask for a neighbour with, one in its network before others; 0: none.
     */
    int sourceFor(int ipv4Address) {
        int any = 0;
        for (InterfaceAddress address : addresses()) {
            if (address.isIpv4()) {
                if (address.isOnLink(0, Ipv6.mappedLow(ipv4Address))) {
                    return address.ipv4();
                }
                any = address.ipv4();
            }
        }
        return any;
    }

    private final class Ipv4Owner implements NeighbourOwner {
        @Override
        public void solicit(long high, long low, long mac, long now) {
            arp.request((int) low, mac);
        }

        @Override
        public TransmitResult transmit(PacketBuffer packet, long mac) {
            return EthernetLink.this.transmit(packet, mac, EthernetFrame.TYPE_IPV4);
        }

        /** Which gateways there are somebody has chosen. */
        @Override
        public void lost(long high, long low) {}

        @Override
        public void unreachable(PacketBuffer packet, long now) {
            fail(ipv4, packet, now);
        }
    }

    private final class Ipv6Owner implements NeighbourOwner {
        @Override
        public void solicit(long high, long low, long mac, long now) {
            NeighbourSolicitor asked = solicitor;
            if (asked != null) {
                asked.solicit(EthernetLink.this, high, low, mac, now);
            }
        }

        @Override
        public TransmitResult transmit(PacketBuffer packet, long mac) {
            return EthernetLink.this.transmit(packet, mac, EthernetFrame.TYPE_IPV6);
        }

        @Override
        public void lost(long high, long low) {
            NeighbourSolicitor told = solicitor;
            if (told != null) {
                told.lost(EthernetLink.this, high, low);
            }
        }

        @Override
        public void unreachable(PacketBuffer packet, long now) {
            fail(ipv6, packet, now);
        }
    }

    private void fail(LinkProtocol protocol, PacketBuffer packet, long now) {
        drops.count(DropReason.NEIGHBOUR_UNREACHABLE);
        if (protocol == null) {
            packet.release();
        } else {
            protocol.unreachable(this, packet, now);
        }
    }
}
