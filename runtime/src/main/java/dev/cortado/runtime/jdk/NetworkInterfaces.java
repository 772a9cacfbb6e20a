package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.Link;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;

/** Makes the JDK's objects for interfaces, whose fields its C sets. */
final class NetworkInterfaces {
    /** Longer prefixes have no broadcast address (RFC 3021). */
    private static final int LONGEST_WITH_BROADCAST = 30;

    private NetworkInterfaces() {}

    static NetworkInterface[] of(Link[] links) {
        NetworkInterface[] all = new NetworkInterface[links.length];
        for (int i = 0; i < links.length; i++) {
            all[i] = of(links[i]);
        }
        return all;
    }

    /** As the link is now; null if it is. */
    static NetworkInterface of(Link link) {
        if (link == null) {
            return null;
        }
        Target_java_net_NetworkInterface made = new Target_java_net_NetworkInterface();
        made.name = link.name();
        made.displayName = link.name();
        made.index = link.index();
        made.childs = new NetworkInterface[0];
        NetworkInterface result = SubstrateUtil.cast(made, NetworkInterface.class);
        InterfaceAddress[] addresses = link.addresses();
        made.addrs = numbered(addresses, link.index());
        made.addrs = named(made.addrs, result);
        made.bindings = bindings(addresses, made.addrs, link.isLoopback());
        return result;
    }

    /** All with the interface's number as their scope, as Linux tells it. */
    private static InetAddress[] numbered(InterfaceAddress[] addresses, int index) {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            IpAddress address = new IpAddress(addresses[i].high(), addresses[i].low());
            all[i] = NetAddresses.inetAddress(null, address, index);
        }
        return all;
    }

    /** The same, which say the interface's name; its number is taken from those before. */
    private static InetAddress[] named(InetAddress[] numbered, NetworkInterface owner) {
        InetAddress[] all = new InetAddress[numbered.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = numbered[i];
            if (numbered[i] instanceof Inet6Address) {
                try {
                    all[i] = Inet6Address.getByAddress(null, numbered[i].getAddress(), owner);
                } catch (UnknownHostException e) {
                    // It keeps the number.
                }
            }
        }
        return all;
    }

    private static java.net.InterfaceAddress[] bindings(
            InterfaceAddress[] addresses, InetAddress[] told, boolean isLoopback) {
        java.net.InterfaceAddress[] all = new java.net.InterfaceAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            Target_java_net_InterfaceAddress binding = new Target_java_net_InterfaceAddress();
            binding.address = told[i];
            binding.maskLength = (short) addresses[i].prefixLength();
            binding.broadcast = isLoopback ? null : broadcast(addresses[i]);
            all[i] = SubstrateUtil.cast(binding, java.net.InterfaceAddress.class);
        }
        return all;
    }

    private static Inet4Address broadcast(InterfaceAddress address) {
        if (!address.isIpv4() || address.prefixLength() > LONGEST_WITH_BROADCAST) {
            return null;
        }
        int all = Ipv4.broadcast(address.ipv4(), address.prefixLength());
        return (Inet4Address) NetAddresses.inetAddress(null, IpAddress.ofIpv4(all), 0);
    }
}
