package dev.cortado.runtime.socket;

/** Is told from whom a datagram is. */
@FunctionalInterface
public interface DatagramSource {
    /**
     * @param high first 64 bits of the address
     * @param low its last 64 bits
     * @param port 0 to 65535
     * @param scope index of the interface that a link-local address is of, 0 for other addresses
     */
    void set(long high, long low, int port, int scope);
}
