package dev.cortado.runtime.net.stack;

import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.group.GroupMembership;
import dev.cortado.runtime.net.icmp.Echo;
import dev.cortado.runtime.net.icmp.IcmpErrors;
import dev.cortado.runtime.net.icmp.Icmpv4;
import dev.cortado.runtime.net.icmp.Icmpv6;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.FrameDevice;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.LoopbackLink;
import dev.cortado.runtime.net.ndp.Autoconfiguration;
import dev.cortado.runtime.net.ndp.NeighbourDiscovery;
import dev.cortado.runtime.net.random.SipHash;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.udp.UdpLayer;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.util.random.RandomGenerator;

/**
 * A host's stack. Devices bring frames from their own threads; one thread calls {@link #service}
 * when {@link #nextDelay} is over, or when it is woken.
 */
public final class NetworkStack {
    /** Packets that go round by loopback before timers are looked at again. */
    private static final int LOOPBACK_BATCH = 256;

    private final PacketPool pool;
    private final RandomGenerator random;
    private final TimerQueue timers;
    private final DropCounters drops = new DropCounters();
    private final IpLayer ip;
    private final Echo echo;
    private final NeighbourDiscovery discovery;
    private final GroupMembership groups;
    private final UdpLayer udp;
    private final LoopbackLink loopback;
    private int interfaces = 1;

    /**
     * @param pool of what is sent
     * @param random its numbers cannot be guessed, and any thread may ask for them
     * @param wake wakes the thread that calls {@link #service}
     */
    public NetworkStack(PacketPool pool, RandomGenerator random, Runnable wake) {
        this.pool = pool;
        this.random = random;
        timers = new TimerQueue(wake);
        ip = new IpLayer(pool, timers, drops, random);
        IcmpErrors errors = new IcmpErrors(ip, drops, random);
        ip.setErrors(errors);
        echo = new Echo(ip, drops);
        Icmpv6 icmpv6 = new Icmpv6(ip, echo, drops);
        discovery =
                new NeighbourDiscovery(
                        ip, timers, drops, new SipHash(random.nextLong(), random.nextLong()));
        icmpv6.setDiscovery(discovery);
        groups = new GroupMembership(ip, timers, drops, random);
        icmpv6.setMembership(groups.listenerDiscovery());
        udp = new UdpLayer(ip, errors, drops, random);
        ip.setTransport(IpProtocol.ICMP, new Icmpv4(ip, echo, drops));
        ip.setTransport(IpProtocol.ICMPV6, icmpv6);
        ip.setTransport(IpProtocol.IGMP, groups.igmp());
        ip.setTransport(IpProtocol.UDP, udp);
        loopback = new LoopbackLink(interfaces, "lo", drops, wake);
        ip.add(loopback);
    }

    /** Adds a network device; not while another thread does. */
    public EthernetLink addDevice(String name, FrameDevice device) {
        EthernetLink link =
                new EthernetLink(++interfaces, name, device, pool, timers, drops, random);
        ip.add(link);
        groups.add(link);
        discovery.add(link);
        link.setListener(this::linkChanged);
        return link;
    }

    private void linkChanged(EthernetLink link, boolean isUp, long now) {
        if (isUp) {
            discovery.announce(link, now);
            link.announceGroups(now);
        }
    }

    /** What an interface makes of IPv6 by itself, once it is started. */
    public Autoconfiguration autoconfiguration(EthernetLink link) {
        return discovery.of(link);
    }

    /** Gives an interface an address that somebody has chosen, without asking whose it is. */
    public void addAddress(EthernetLink link, InterfaceAddress address, long now) {
        if (address.isIpv4()) {
            ip.addAddress(link, address);
        } else {
            discovery.of(link).addAddress(address, false, now);
        }
    }

    /** Runs timers that have expired, and what was sent to ourselves. */
    public void service(long now) {
        timers.expire(now);
        loopback.service(LOOPBACK_BATCH, now);
    }

    /**
     * Nanoseconds until {@link #service} is to be called; {@link TimerQueue#NEVER} if it is not.
     */
    public long nextDelay(long now) {
        return loopback.isIdle() ? timers.nextDelay(now) : 0;
    }

    public PacketPool pool() {
        return pool;
    }

    public TimerQueue timers() {
        return timers;
    }

    public DropCounters drops() {
        return drops;
    }

    public IpLayer ip() {
        return ip;
    }

    public Echo echo() {
        return echo;
    }

    public UdpLayer udp() {
        return udp;
    }

    public LoopbackLink loopback() {
        return loopback;
    }
}
