package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.link.DeviceFeatures;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.random.RandomGenerator;

/** IPv4 and IPv6 of a host: interfaces, addresses and routes, and packets to and from them. */
public final class IpLayer implements IpOutput {
    private final IpState state;
    private final Ipv4Protocol ipv4Input;
    private final Ipv6Protocol ipv6Input;
    private final Ipv4Output ipv4Output;
    private final Ipv6Output ipv6Output;

    /**
     * @param pool of what is sent, and of copies
     * @param random its numbers are not guessed
     */
    public IpLayer(PacketPool pool, TimerQueue timers, DropCounters drops, RandomGenerator random) {
        state = new IpState(pool, timers, drops, random);
        ipv4Input = new Ipv4Protocol(state);
        ipv6Input = new Ipv6Protocol(state);
        ipv4Output = new Ipv4Output(state);
        ipv6Output = new Ipv6Output(state);
    }

    public Links links() {
        return state.links;
    }

    public RouteTable routes() {
        return state.routes;
    }

    /** Says who takes a protocol's packets; before the first link is added. */
    public void setTransport(int protocol, Transport transport) {
        state.setTransport(protocol, transport);
    }

    /** The protocol's, or null. */
    public Transport transport(int protocol) {
        return state.transport(protocol);
    }

    public void setErrors(ErrorSender errors) {
        state.setErrors(errors);
    }

    /** Adds an interface; one after the other. */
    public void add(Link link) {
        state.add(link);
        link.setProtocols(ipv4Input, ipv6Input);
    }

    /** Gives an interface an address, and a route to its network. */
    public void addAddress(Link link, InterfaceAddress address) {
        link.setAddress(address);
        state.routes.add(
                Route.of(
                        new IpAddress(address.high(), address.low()),
                        address.prefixLength(),
                        null,
                        link,
                        0));
    }

    /** Takes an address away, and the route to its network. */
    public void removeAddress(Link link, InterfaceAddress address) {
        link.removeAddress(address.high(), address.low());
        Route route =
                Route.of(
                        new IpAddress(address.high(), address.low()),
                        address.prefixLength(),
                        null,
                        link,
                        0);
        state.routes.remove(route::equals);
    }

    @Override
    public PacketBuffer take() {
        return state.pool.take();
    }

    @Override
    public SendResult send(PacketBuffer packet, long now) {
        return isIpv4(packet.info()) ? ipv4Output.send(packet, now) : ipv6Output.send(packet, now);
    }

    /**
     * Sends an ICMPv6 message by a link and with the source that its info says, whether we have
     * that address or not.
     */
    public SendResult sendOn(Link link, PacketBuffer packet, boolean hasAlert, long now) {
        return ipv6Output.sendOn(link, packet, hasAlert, now);
    }

    @Override
    public SendResult selectSource(PacketInfo info) {
        boolean isIpv4 = isIpv4(info);
        Route route = isIpv4 ? ipv4Output.route(info) : ipv6Output.route(info);
        if (route == null) {
            return SendResult.NO_ROUTE;
        }
        return isIpv4 ? ipv4Output.selectSource(info, route) : ipv6Output.selectSource(info, route);
    }

    private static boolean isIpv4(PacketInfo info) {
        return Ipv6.isMapped(info.destinationHigh, info.destinationLow);
    }

    @Override
    public int pathMtu(long destinationHigh, long destinationLow, long now) {
        Route route = route(destinationHigh, destinationLow);
        return route == null
                ? 0
                : state.pathMtus.get(destinationHigh, destinationLow, route.link().mtu(), now);
    }

    @Override
    public int segmentationLimit(long destinationHigh, long destinationLow) {
        Route route = route(destinationHigh, destinationLow);
        int feature =
                Ipv6.isMapped(destinationHigh, destinationLow)
                        ? DeviceFeatures.SEGMENTATION_IPV4
                        : DeviceFeatures.SEGMENTATION_IPV6;
        return route == null || (route.link().features() & feature) == 0
                ? 0
                : route.link().segmentationLimit();
    }

    @Override
    public void confirm(long destinationHigh, long destinationLow, long now) {
        Route route = route(destinationHigh, destinationLow);
        if (route != null) {
            route.link()
                    .confirm(route.nextHigh(destinationHigh), route.nextLow(destinationLow), now);
        }
    }

    private Route route(long high, long low) {
        return state.route(high, low, 0, Ipv6.isMulticast(high));
    }

    /**
     * A router says that a packet was too long (RFC 1191, RFC 8201).
     *
     * @param mtu what it says; 0 if it does not say
     * @param packetLength of the packet that was
     * @return the MTU from now on, or 0 if that is nothing new: neither to us nor to who has sent
     *     the packet, which may be longer than what we have believed since
     */
    public int lowerPathMtu(
            long destinationHigh, long destinationLow, int mtu, int packetLength, long now) {
        int current = pathMtu(destinationHigh, destinationLow, now);
        if (current == 0) {
            return 0;
        }
        int lowered =
                state.pathMtus.lower(
                        destinationHigh, destinationLow, mtu, packetLength, current, now);
        return lowered == 0 && packetLength > current ? current : lowered;
    }

    /** A copy of a packet that came in, with its info; null if there are no buffers. */
    public PacketBuffer copy(PacketBuffer packet) {
        return state.copy(packet);
    }

    /** How many fragments wait for the others. */
    public int fragments() {
        return state.reassembler.fragments();
    }
}
