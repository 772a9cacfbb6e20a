package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;

/**
 * An address of an interface. Immutable; a change is another one in its place.
 *
 * @param high the upper half; IPv4 is mapped
 * @param prefixLength of the network that is on the link: 0 to 32 of an IPv4 address, else to 128
 * @param state where it is in its life (RFC 4862, 2)
 * @param isTemporary one of RFC 8981's
 */
public record InterfaceAddress(
        long high, long low, int prefixLength, State state, boolean isTemporary) {
    /** RFC 4862, 2. */
    public enum State {
        /** Being checked for whether somebody else has it: only for the messages of that. */
        TENTATIVE,

        PREFERRED,

        /** Still ours, but nothing new begins with it. */
        DEPRECATED
    }

    public static InterfaceAddress of(IpAddress address, int prefixLength) {
        int most = address.isIpv4() ? 32 : 128;
        if (prefixLength < 0 || prefixLength > most) {
            throw new IllegalArgumentException(
                    "A prefix of " + address + " has 0 to " + most + " bits, not " + prefixLength);
        }
        return new InterfaceAddress(
                address.high(), address.low(), prefixLength, State.PREFERRED, false);
    }

    public InterfaceAddress with(State newState) {
        return new InterfaceAddress(high, low, prefixLength, newState, isTemporary);
    }

    public boolean isIpv4() {
        return Ipv6.isMapped(high, low);
    }

    public int ipv4() {
        return (int) low;
    }

    public boolean is(long otherHigh, long otherLow) {
        return high == otherHigh && low == otherLow;
    }

    /** Whether another address of the same family is in this one's network. */
    public boolean isOnLink(long otherHigh, long otherLow) {
        int length = isIpv4() ? 96 + prefixLength : prefixLength;
        return Ipv6.isIn(otherHigh, otherLow, high, low, length);
    }

    /** Whether an IPv4 address is this network's broadcast address, old style included. */
    public boolean isBroadcast(int address) {
        return isIpv4()
                && prefixLength < 31
                && (address == Ipv4.broadcast(ipv4(), prefixLength)
                        || address == (ipv4() & Ipv4.mask(prefixLength)));
    }

    @Override
    public String toString() {
        return new IpAddress(high, low) + "/" + prefixLength;
    }
}
