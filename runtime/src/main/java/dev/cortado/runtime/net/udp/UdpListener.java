package dev.cortado.runtime.net.udp;

/** Who is told that a socket has something: a datagram, an error, or that it was closed. */
@FunctionalInterface
public interface UdpListener {
    /** Called without the socket's lock, by the thread that brought it. Does not wait. */
    void changed(UdpSocket socket, long now);
}
