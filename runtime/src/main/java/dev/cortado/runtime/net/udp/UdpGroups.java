package dev.cortado.runtime.net.udp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.ip.Links;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.net.link.SourceFilter;
import java.util.concurrent.locks.ReentrantLock;

/** A socket's groups, and its part in those of the interfaces. */
public final class UdpGroups {
    private final Links links;
    private final ReentrantLock lock = new ReentrantLock();
    private final GroupMemberships memberships = new GroupMemberships();
    private volatile boolean onlyOwn;

    UdpGroups(Links links) {
        this.links = links;
    }

    /**
     * Whether the socket takes what goes to groups that it has joined itself only, instead of what
     * goes to any that the host is in (Linux, IP_MULTICAST_ALL set to 0).
     */
    public void setOnlyOwn(boolean value) {
        onlyOwn = value;
    }

    /** Whether a datagram is none to a group, or to one that the socket takes. */
    boolean takes(PacketInfo info) {
        boolean isGroup =
                Ipv6.isMapped(info.destinationHigh, info.destinationLow)
                        ? Ipv4.isMulticast((int) info.destinationLow)
                        : Ipv6.isMulticast(info.destinationHigh);
        if (!isGroup || !onlyOwn) {
            return true;
        }
        Link from = links.get(info.interfaceIndex);
        return memberships.takes(
                info.destinationHigh,
                info.destinationLow,
                from == null || from.isLoopback() ? 0 : info.interfaceIndex,
                info.sourceHigh,
                info.sourceLow);
    }

    /**
     * Joins a group.
     *
     * @param interfaceIndex 0 for the one where groups are if nobody says where
     * @param source takes its datagrams only; null for everybody's
     */
    public GroupResult join(IpAddress group, int interfaceIndex, IpAddress source, long now) {
        return isGroup(group)
                ? change(group, interfaceIndex, source, memberships::join, now)
                : GroupResult.NO_GROUP;
    }

    /** Leaves a group, or takes no more of one source; as {@link #join}. */
    public GroupResult leave(IpAddress group, int interfaceIndex, IpAddress source, long now) {
        return change(group, interfaceIndex, source, memberships::leave, now);
    }

    /** Takes no more of a source, in a group that was joined with all. */
    public GroupResult block(IpAddress group, int interfaceIndex, IpAddress source, long now) {
        return change(group, interfaceIndex, source, memberships::block, now);
    }

    /** Takes a source's again. */
    public GroupResult unblock(IpAddress group, int interfaceIndex, IpAddress source, long now) {
        return change(group, interfaceIndex, source, memberships::unblock, now);
    }

    private interface Change {
        GroupResult apply(IpAddress group, int interfaceIndex, IpAddress source);
    }

    private GroupResult change(
            IpAddress group, int interfaceIndex, IpAddress source, Change change, long now) {
        Link link = link(interfaceIndex);
        if (link == null) {
            return GroupResult.NO_INTERFACE;
        }
        int index = link.index();
        lock.lock();
        try {
            GroupResult result = change.apply(group, index, source);
            if (result == GroupResult.DONE || result == GroupResult.CHANGED) {
                SourceFilter filter = memberships.filter(group, index);
                link.setFilter(this, group.high(), group.low(), filter, now);
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    void leaveAll(long now) {
        lock.lock();
        try {
            memberships.leaveAll((group, interfaceIndex) -> {
                Link link = links.get(interfaceIndex);
                if (link != null) {
                    link.setFilter(this, group.high(), group.low(), null, now);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    private Link link(int interfaceIndex) {
        return interfaceIndex == 0 ? links.ordinary() : links.get(interfaceIndex);
    }

    private static boolean isGroup(IpAddress address) {
        return address.isIpv4()
                ? Ipv4.isMulticast(address.ipv4())
                : Ipv6.isMulticast(address.high());
    }
}
