package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.network.GuestNetwork;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;

/** The interfaces of the guest's network. */
final class InterfaceCalls {
    private static final int MAC_BYTES = 6;

    private InterfaceCalls() {}

    /**
     * Loopback last: whoever takes the first one that is up wants another. He looks for addresses,
     * and waits for them.
     */
    static Link[] all() {
        GuestNetwork.get().awaitConfigured();
        return present();
    }

    private static Link[] present() {
        Link[] links = GuestNetwork.get().stack().ip().links().all().clone();
        Arrays.sort(links, Comparator.comparing(Link::isLoopback).thenComparingInt(Link::index));
        return links;
    }

    /** The first one that is so, or null. */
    private static Link find(Predicate<Link> which) {
        for (Link link : present()) {
            if (which.test(link)) {
                return link;
            }
        }
        return null;
    }

    static Link byName(String name) {
        return find(link -> link.name().equals(name));
    }

    static Link byIndex(int index) {
        return find(link -> link.index() == index);
    }

    static Link byAddress(InetAddress address) {
        IpAddress wanted = NetAddresses.address(address);
        SocketCalls.awaitConfigured(wanted);
        return find(link -> link.address(wanted.high(), wanted.low()) != null);
    }

    /**
     * @throws SocketException there is none of that name any more
     */
    static Link require(String name) throws SocketException {
        Link link = byName(name);
        if (link == null) {
            throw new SocketException(Errno.ENODEV.message() + " (getFlags() failed)");
        }
        return link;
    }

    /** Null if it has none. */
    static byte[] macAddress(Link link) {
        return link instanceof EthernetLink ethernet ? macBytes(ethernet.macAddress()) : null;
    }

    /**
     * @param address in the lower 48 bits
     */
    static byte[] macBytes(long address) {
        byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(address).array();
        return Arrays.copyOfRange(all, Long.BYTES - MAC_BYTES, Long.BYTES);
    }
}
