package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;

/**
 * Turns a {@link FileException} of a socket into what the JDK's C throws in its place, with the C
 * library's message.
 */
final class SocketErrors {
    private SocketErrors() {}

    /** Of what {@code sun.nio.ch.Net} does. */
    static IOException of(FileException error) {
        return of(error.errno());
    }

    static IOException of(Errno errno) {
        String message = errno.message();
        return switch (errno) {
            case EPROTO -> new ProtocolException(message);
            case ECONNREFUSED, ETIMEDOUT, ENOTCONN -> new ConnectException(message);
            case EHOSTUNREACH -> new NoRouteToHostException(message);
            case EADDRINUSE, EADDRNOTAVAIL, EACCES -> new BindException(message);
            default -> new SocketException(message);
        };
    }

    /** Of options, whatever the error is. */
    static SocketException ofOption(FileException error) {
        return new SocketException(error.errno().message());
    }

    /** Of reading from a stream: channels and sockets remember that it was reset. */
    static IOException ofRead(FileException error) {
        return error.errno() == Errno.ECONNRESET
                ? SubstrateUtil.cast(
                        new Target_sun_net_ConnectionResetException("Connection reset"),
                        IOException.class)
                : FileErrors.inputOutput(error);
    }

    /** Of reading and writing datagrams of a connected socket. */
    static IOException ofDatagram(FileException error) {
        return error.errno() == Errno.ECONNREFUSED
                ? new PortUnreachableException()
                : FileErrors.inputOutput(error);
    }

    /** Of receiving and sending datagrams. */
    static IOException ofPacket(FileException error) {
        return error.errno() == Errno.ECONNREFUSED ? new PortUnreachableException() : of(error);
    }
}
