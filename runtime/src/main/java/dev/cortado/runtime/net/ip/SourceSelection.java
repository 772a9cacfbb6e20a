package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.InterfaceAddress.State;
import dev.cortado.runtime.net.link.Link;

/** Which of our addresses a packet comes from. */
final class SourceSelection {
    private SourceSelection() {}

    /**
     * The address of the link that is in the network of the next hop, else its first one (RFC 1122,
     * 3.3.4.3); null if it has none.
     */
    static InterfaceAddress ipv4(Link link, int next) {
        InterfaceAddress first = null;
        for (InterfaceAddress address : link.addresses()) {
            if (!address.isIpv4() || address.state() == State.TENTATIVE) {
                continue;
            }
            if (address.isOnLink(0, Ipv6.mappedLow(next))) {
                return address;
            }
            // What is only good on the link is the last choice.
            if (first == null || Ipv4.isLinkLocal(first.ipv4())) {
                first = address;
            }
        }
        return first;
    }

    /** RFC 6724, 5, for a packet that leaves by the link; null if there is none. */
    static InterfaceAddress ipv6(Link link, long high, long low) {
        InterfaceAddress best = null;
        for (InterfaceAddress address : link.addresses()) {
            if (!address.isIpv4()
                    && address.state() != State.TENTATIVE
                    && (best == null || isBetter(address, best, high, low))) {
                best = address;
            }
        }
        return best;
    }

    /** Whether a is a better source than b, by the rules in their order. */
    private static boolean isBetter(InterfaceAddress a, InterfaceAddress b, long high, long low) {
        // 1: the same address.
        if (b.is(high, low)) {
            return false;
        }
        if (a.is(high, low)) {
            return true;
        }
        // 2: the smallest scope that reaches there.
        int scopeA = scope(a.high(), a.low());
        int scopeB = scope(b.high(), b.low());
        int scope = scope(high, low);
        if (scopeA != scopeB) {
            return scopeA < scopeB ? scopeA >= scope : scopeB < scope;
        }
        // 3: none that is deprecated.
        boolean deprecatedA = a.state() == State.DEPRECATED;
        if (deprecatedA != (b.state() == State.DEPRECATED)) {
            return !deprecatedA;
        }
        // 4 is mobile IP's, 5 is so: all are the outgoing link's. 6: the same label.
        int label = AddressPolicy.label(high, low);
        boolean sameA = AddressPolicy.label(a.high(), a.low()) == label;
        if (sameA != (AddressPolicy.label(b.high(), b.low()) == label)) {
            return sameA;
        }
        // 7: a temporary one.
        if (a.isTemporary() != b.isTemporary()) {
            return a.isTemporary();
        }
        // 8: the longest prefix in common, within the network's.
        return common(a, high, low) > common(b, high, low);
    }

    private static int common(InterfaceAddress address, long high, long low) {
        return Math.min(
                Ipv6.commonPrefix(address.high(), address.low(), high, low),
                address.prefixLength());
    }

    /** RFC 6724, 3.1. */
    static int scope(long high, long low) {
        if (Ipv6.isMulticast(high)) {
            return Ipv6.multicastScope(high);
        }
        if (Ipv6.isMapped(high, low)) {
            int ipv4 = (int) low;
            return Ipv4.isLoopback(ipv4) || Ipv4.isLinkLocal(ipv4) ? 2 : 14;
        }
        return Ipv6.isLinkLocal(high) || Ipv6.isLoopback(high, low) ? 2 : 14;
    }
}
