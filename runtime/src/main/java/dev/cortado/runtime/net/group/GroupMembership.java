package dev.cortado.runtime.net.group;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.icmp.MessageHandler;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.Transport;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.wire.IgmpMessage;
import java.util.random.RandomGenerator;

/** Which groups a host's interfaces are in, for others to know, over both IPs. */
public final class GroupMembership implements Link.GroupListener {
    private final IpLayer ip;
    private final TimerQueue timers;
    private final DropCounters drops;
    private final RandomGenerator random;
    private final Reporters ipv4Reporters = new Reporters();
    private final Reporters ipv6Reporters = new Reporters();
    private final Igmp igmp;
    private final ListenerDiscovery listenerDiscovery;

    public GroupMembership(
            IpLayer ip, TimerQueue timers, DropCounters drops, RandomGenerator random) {
        this.ip = ip;
        this.timers = timers;
        this.drops = drops;
        this.random = random;
        igmp = new Igmp(ip, drops, ipv4Reporters);
        listenerDiscovery = new ListenerDiscovery(ip, drops, ipv6Reporters);
    }

    /** Who takes IGMP's messages. */
    public Transport igmp() {
        return igmp;
    }

    /** Who takes ICMPv6's messages of listener discovery. */
    public MessageHandler listenerDiscovery() {
        return listenerDiscovery;
    }

    /** Adds an interface that is in no group yet; not while another thread does. */
    public void add(EthernetLink link) {
        ipv4Reporters.add(new GroupReporter(link, igmp, ip, timers, drops, random));
        ipv6Reporters.add(new GroupReporter(link, listenerDiscovery, ip, timers, drops, random));
        link.setGroupListener(this);
        // RFC 1112, 7.2: every host is in there. Nobody is told, so that the time does not matter.
        link.join(0, Ipv6.mappedLow(IgmpMessage.ALL_SYSTEMS), 0);
    }

    @Override
    public void changed(Link link, long high, long low, long now) {
        boolean isIpv4 = Ipv6.isMapped(high, low);
        GroupReporter reporter = (isIpv4 ? ipv4Reporters : ipv6Reporters).of(link.index());
        if (reporter != null) {
            reporter.changed(high, low, now);
        }
    }

    @Override
    public void announce(Link link, long now) {
        ipv4Reporters.of(link.index()).announce(now);
        ipv6Reporters.of(link.index()).announce(now);
    }
}
