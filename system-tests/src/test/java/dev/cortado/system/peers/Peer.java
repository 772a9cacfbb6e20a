package dev.cortado.system.peers;

import java.io.IOException;

/** A machine at an end of a wire, with the services of {@code BulkServer}. */
interface Peer extends AutoCloseable {
    /** The host whose way leads to others. */
    int GATEWAY = 1;

    /** The address of the host of that number. */
    static String ipv4(int host) {
        return "10.78.0." + host;
    }

    static String ipv6(int host) {
        return "fd78::" + host;
    }

    @Override
    void close() throws IOException;
}
