package dev.cortado.runtime.jdk;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Finds the addresses of the hosts of URLs, which are compared by them. Any program may compare
 * URLs without a network, in a hash table for instance: only one that uses a network anyway has
 * this object, else hosts are compared by name, as those that nobody finds are.
 */
final class UrlHosts {
    /** Set while an image is built whose program reaches the network. */
    private static UrlHosts known;

    private UrlHosts() {}

    static void useNetwork() {
        known = new UrlHosts();
    }

    /** Null if nobody knows it. */
    static InetAddress address(String host) {
        UrlHosts hosts = known;
        return hosts == null ? null : hosts.find(host);
    }

    /** Not static: an image that never has such an object has no lookups. */
    private InetAddress find(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
