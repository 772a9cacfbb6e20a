package dev.cortado.runtime.jdk;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine's own name and addresses (RFC 1122, 3.2.1.3; RFC 6761, 6.3). */
final class Loopback {
    static final String NAME = "localhost";
    private static final byte NETWORK = 127;

    private Loopback() {}

    static InetAddress address() throws UnknownHostException {
        return InetAddress.getByAddress(NAME, new byte[] {NETWORK, 0, 0, 1});
    }

    static boolean contains(byte[] address) {
        return address[0] == NETWORK;
    }
}
