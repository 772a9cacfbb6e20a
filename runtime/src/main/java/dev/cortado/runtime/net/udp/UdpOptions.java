package dev.cortado.runtime.net.udp;

import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketInfo;

/** What a socket's owner may choose. */
public final class UdpOptions {
    private volatile boolean reuseAddress;
    private volatile boolean dontFragment;
    private volatile boolean isUnnumbered;
    private volatile int interfaceIndex;
    private volatile int multicastInterface;
    private volatile int hopLimit;
    private volatile int multicastHopLimit = 1;
    private volatile int trafficClass;
    private volatile boolean multicastLoop = true;

    public boolean reuseAddress() {
        return reuseAddress;
    }

    /** Whether others who say so too may have the same address and port. */
    public void setReuseAddress(boolean value) {
        reuseAddress = value;
    }

    /** Whether what is too long for the way is refused instead of fragmented. */
    public void setDontFragment(boolean value) {
        dontFragment = value;
    }

    boolean isUnnumbered() {
        return isUnnumbered;
    }

    /** Sends from the unspecified address: for who asks for one (RFC 2131, 4.1). */
    public void setUnnumbered(boolean value) {
        isUnnumbered = value;
    }

    public int interfaceIndex() {
        return interfaceIndex;
    }

    /** Sends and receives by one interface only; 0 is any. */
    public void setInterface(int index) {
        interfaceIndex = index;
    }

    /** Interface to send to groups by; 0 is any. */
    public void setMulticastInterface(int index) {
        multicastInterface = index;
    }

    /** 1 to 255, or 0 for the default one. */
    public void setHopLimit(int hops) {
        hopLimit = hops;
    }

    /** Hops of what goes to groups, 1 to 255. */
    public void setMulticastHopLimit(int hops) {
        multicastHopLimit = hops;
    }

    /** Whether we hear what goes to a group that we are in; so it is at first. */
    public void setMulticastLoop(boolean value) {
        multicastLoop = value;
    }

    public void setTrafficClass(int value) {
        trafficClass = value & 0xff;
    }

    void apply(PacketInfo info) {
        boolean isMulticast =
                Ipv6.isMapped(info.destinationHigh, info.destinationLow)
                        ? Ipv4.isMulticast((int) info.destinationLow)
                        : Ipv6.isMulticast(info.destinationHigh);
        int index = interfaceIndex;
        info.interfaceIndex = index == 0 && isMulticast ? multicastInterface : index;
        info.hopLimit = isMulticast ? multicastHopLimit : hopLimit;
        info.trafficClass = trafficClass;
        info.dontFragment = dontFragment;
        info.notToSelf = isMulticast && !multicastLoop;
    }
}
