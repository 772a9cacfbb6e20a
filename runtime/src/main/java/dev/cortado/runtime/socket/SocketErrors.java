package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.tcp.TcpError;
import dev.cortado.runtime.net.udp.BindResult;

/** The stack's errors by Linux's numbers. */
final class SocketErrors {
    private SocketErrors() {}

    static FileException of(TcpError error) {
        return new FileException(errno(error));
    }

    static Errno errno(TcpError error) {
        return switch (error) {
            case REFUSED -> Errno.ECONNREFUSED;
            case RESET -> Errno.ECONNRESET;
            case TIMED_OUT -> Errno.ETIMEDOUT;
            case NETWORK_UNREACHABLE -> Errno.ENETUNREACH;
            case HOST_UNREACHABLE -> Errno.EHOSTUNREACH;
            case ADDRESS_NOT_AVAILABLE -> Errno.EADDRNOTAVAIL;
            case ADDRESS_IN_USE -> Errno.EADDRINUSE;
            case TOO_MANY -> Errno.ENOBUFS;
            case BROKEN_PIPE -> Errno.EPIPE;
            case ABORTED -> Errno.ECONNABORTED;
        };
    }

    /** SENT is none. */
    static FileException of(SendResult result) {
        return new FileException(
                switch (result) {
                    case NO_ROUTE -> Errno.ENETUNREACH;
                    case NO_SOURCE -> Errno.EADDRNOTAVAIL;
                    case TOO_BIG -> Errno.EMSGSIZE;
                    case DOWN -> Errno.ENETDOWN;
                    case FULL, SENT -> Errno.ENOBUFS;
                });
    }

    static void check(BindResult result) throws FileException {
        switch (result) {
            case ADDRESS_IN_USE -> throw new FileException(Errno.EADDRINUSE);
            case ADDRESS_NOT_OURS -> throw new FileException(Errno.EADDRNOTAVAIL);
            case BOUND_BEFORE -> throw new FileException(Errno.EINVAL);
            case BOUND -> {}
        }
    }

    /**
     * What a connected UDP socket fails with; null for what may be over in a moment, of which Linux
     * says nothing either (net/ipv4/icmp.c, icmp_err_convert: those that are not fatal).
     */
    static Errno errno(PacketError error) {
        return switch (error) {
            case PORT_UNREACHABLE -> Errno.ECONNREFUSED;
            case PROTOCOL_UNREACHABLE -> Errno.ENOPROTOOPT;
            case PROHIBITED -> Errno.EHOSTUNREACH;
            case PARAMETER_PROBLEM -> Errno.EPROTO;
            case NETWORK_UNREACHABLE, HOST_UNREACHABLE, TOO_BIG, TIME_EXCEEDED -> null;
        };
    }
}
