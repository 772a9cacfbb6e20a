package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.Link;
import java.util.Arrays;

/** The interfaces of a stack, and which addresses are ours. */
public final class Links {
    private volatile Link[] links = {};
    private volatile Link loopback;

    void add(Link link) {
        Link[] more = Arrays.copyOf(links, links.length + 1);
        more[links.length] = link;
        links = more;
        if (link.isLoopback()) {
            loopback = link;
        }
    }

    /** All of them; not to be changed. */
    public Link[] all() {
        return links;
    }

    /** The link of that index, or null. */
    public Link get(int index) {
        for (Link link : links) {
            if (link.index() == index) {
                return link;
            }
        }
        return null;
    }

    /** Null if the stack has none. */
    Link loopback() {
        return loopback;
    }

    /** Where groups and link-local addresses are if nobody says where; null if nowhere. */
    public Link ordinary() {
        for (Link link : links) {
            if (!link.isLoopback()) {
                return link;
            }
        }
        return loopback;
    }

    /** Whether one of the interfaces has the address, and has it for sure. */
    public boolean isOurs(long high, long low) {
        if (Ipv6.isMapped(high, low) && Ipv4.isLoopback((int) low)) {
            return loopback != null;
        }
        for (Link link : links) {
            InterfaceAddress address = link.address(high, low);
            if (address != null && address.state() != InterfaceAddress.State.TENTATIVE) {
                return true;
            }
        }
        return false;
    }

    /** Whether an IPv4 address is everybody's on the link, or on any if that is loopback. */
    public boolean isBroadcast(Link link, int address) {
        if (address == Ipv4.BROADCAST) {
            return true;
        }
        if (link.isLoopback()) {
            for (Link other : links) {
                if (!other.isLoopback() && isBroadcast(other, address)) {
                    return true;
                }
            }
            return false;
        }
        for (InterfaceAddress own : link.addresses()) {
            if (own.isBroadcast(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether we are in a group on the link, or on any if that is loopback. */
    boolean isMember(Link link, long high, long low) {
        if (link.isMember(high, low)) {
            return true;
        }
        if (link.isLoopback()) {
            for (Link other : links) {
                if (other.isMember(high, low)) {
                    return true;
                }
            }
        }
        return false;
    }
}
