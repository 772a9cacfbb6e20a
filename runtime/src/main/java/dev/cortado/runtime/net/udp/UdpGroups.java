package dev.cortado.runtime.net.udp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.ip.Links;
import dev.cortado.runtime.net.link.Link;

/** A socket's groups, and its part in those of the interfaces. */
public final class UdpGroups {
    private final Links links;
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
    public GroupResult join(IpAddress group, int interfaceIndex, IpAddress source) {
        Link link = link(interfaceIndex);
        if (!isGroup(group)) {
            return GroupResult.NO_GROUP;
        }
        if (link == null) {
            return GroupResult.NO_INTERFACE;
        }
        GroupResult result = memberships.join(group, link.index(), source);
        if (result == GroupResult.DONE) {
            link.join(group.high(), group.low());
        }
        return result;
    }

    /** Leaves a group, or takes no more of one source; as {@link #join}. */
    public GroupResult leave(IpAddress group, int interfaceIndex, IpAddress source) {
        Link link = link(interfaceIndex);
        if (link == null) {
            return GroupResult.NO_INTERFACE;
        }
        GroupResult result = memberships.leave(group, link.index(), source);
        if (result == GroupResult.DONE) {
            link.leave(group.high(), group.low());
        }
        return result;
    }

    /** Takes no more of a source, in a group that was joined with all. */
    public GroupResult block(IpAddress group, int interfaceIndex, IpAddress source) {
        Link link = link(interfaceIndex);
        return link == null
                ? GroupResult.NO_INTERFACE
                : memberships.block(group, link.index(), source);
    }

    /** Takes a source's again. */
    public GroupResult unblock(IpAddress group, int interfaceIndex, IpAddress source) {
        Link link = link(interfaceIndex);
        return link == null
                ? GroupResult.NO_INTERFACE
                : memberships.unblock(group, link.index(), source);
    }

    void leaveAll() {
        memberships.leaveAll((group, interfaceIndex) -> {
            Link link = links.get(interfaceIndex);
            if (link != null) {
                link.leave(group.high(), group.low());
            }
        });
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
