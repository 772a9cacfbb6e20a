package dev.cortado.runtime.net.dhcp;

/** Who wants to know what an interface was given. Called without a lock of the client's. */
public interface DhcpListener {
    /** There is an address now, or its time was prolonged, or something beside it changed. */
    void leased(DhcpClient client, DhcpLease lease);

    /** The address is gone: its time is over, or the server took it back. */
    void lost(DhcpClient client, DhcpLease lease);
}
