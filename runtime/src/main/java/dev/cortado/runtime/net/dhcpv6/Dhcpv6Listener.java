package dev.cortado.runtime.net.dhcpv6;

/** Who wants to know what an interface was given. Called without a lock of the client's. */
public interface Dhcpv6Listener {
    /**
     * There are addresses, which are asked about before they are ours; or others, or for longer.
     */
    void leased(Dhcpv6Client client, Dhcpv6Lease lease);

    /** All addresses are gone: their time is over, or a server took them back. */
    void lost(Dhcpv6Client client, Dhcpv6Lease lease);

    /** A server says what is no address, or something else than before. */
    void informed(Dhcpv6Client client, Dhcpv6Information information);
}
