package dev.cortado.runtime.jdk;

import java.net.SocketException;
import java.net.UnknownHostException;

/** What programs are told that use sockets: there is no network stack yet. */
final class NoNetwork {
    static final String MESSAGE = "no network in this image";

    private NoNetwork() {}

    static SocketException exception() {
        return new SocketException(MESSAGE);
    }

    static UnknownHostException unknown(String host) {
        return new UnknownHostException(host + ": " + MESSAGE);
    }
}
