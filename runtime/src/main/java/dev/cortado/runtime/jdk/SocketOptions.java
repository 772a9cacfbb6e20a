package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.socket.SocketOption;
import dev.cortado.runtime.socket.UnixSocketFile;
import java.io.FileDescriptor;
import java.net.SocketException;

/**
 * Options of sockets by their numbers, which are those of {@code sun.nio.ch.SocketOptionRegistry}
 * on Linux (asm-generic/socket.h, linux/in.h, in6.h and tcp.h).
 */
final class SocketOptions {
    // Levels.
    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_IPV6 = 41;

    private SocketOptions() {}

    /** Null if there is none of that number. */
    static SocketOption of(int level, int name) {
        return switch (level) {
            case SOL_SOCKET -> ofSocket(name);
            case IPPROTO_TCP -> name == 1 ? SocketOption.NO_DELAY : null;
            case IPPROTO_IP -> ofIpv4(name);
            case IPPROTO_IPV6 -> ofIpv6(name);
            default -> null;
        };
    }

    private static SocketOption ofSocket(int name) {
        return switch (name) {
            case 2 -> SocketOption.REUSE_ADDRESS;
            case 6 -> SocketOption.BROADCAST;
            case 7 -> SocketOption.SEND_BUFFER;
            case 8 -> SocketOption.RECEIVE_BUFFER;
            case 9 -> SocketOption.KEEP_ALIVE;
            case 10 -> SocketOption.URGENT_IN_LINE;
            case 13 -> SocketOption.LINGER;
            case 15 -> SocketOption.REUSE_PORT;
            default -> null;
        };
    }

    private static SocketOption ofIpv4(int name) {
        return switch (name) {
            case 1 -> SocketOption.TRAFFIC_CLASS;
            case 32 -> SocketOption.MULTICAST_INTERFACE;
            case 33 -> SocketOption.MULTICAST_HOPS;
            case 34 -> SocketOption.MULTICAST_LOOP;
            default -> null;
        };
    }

    private static SocketOption ofIpv6(int name) {
        return switch (name) {
            case 17 -> SocketOption.MULTICAST_INTERFACE;
            case 18 -> SocketOption.MULTICAST_HOPS;
            case 19 -> SocketOption.MULTICAST_LOOP;
            case 67 -> SocketOption.TRAFFIC_CLASS;
            default -> null;
        };
    }

    static int get(FileDescriptor descriptor, int level, int name) throws SocketException {
        try {
            return option(OpenFiles.number(descriptor), required(level, name));
        } catch (FileException e) {
            throw SocketErrors.ofOption(e);
        }
    }

    static void set(FileDescriptor descriptor, int level, int name, int value)
            throws SocketException {
        try {
            setOption(OpenFiles.number(descriptor), required(level, name), value);
        } catch (FileException e) {
            throw SocketErrors.ofOption(e);
        }
    }

    private static SocketOption required(int level, int name) throws FileException {
        SocketOption option = of(level, name);
        if (option == null) {
            throw new FileException(Errno.ENOPROTOOPT);
        }
        return option;
    }

    /** For {@code jdk.net}, which asks for an option that a kind of socket may not have. */
    static int get(int number, SocketOption option) throws SocketException {
        try {
            return option(number, option);
        } catch (FileException e) {
            throw extended(e);
        }
    }

    static void set(int number, SocketOption option, int value) throws SocketException {
        try {
            setOption(number, option, value);
        } catch (FileException e) {
            throw extended(e);
        }
    }

    private static SocketException extended(FileException error) {
        if (error.errno() == Errno.ENOPROTOOPT) {
            throw new UnsupportedOperationException("unsupported socket option");
        }
        return SocketErrors.ofOption(error);
    }

    private static int option(int number, SocketOption option) throws FileException {
        OpenFile file = OpenFiles.file(number);
        return file instanceof UnixSocketFile unix
                ? unix.option(option)
                : SocketCalls.socket(file).option(option);
    }

    private static void setOption(int number, SocketOption option, int value) throws FileException {
        OpenFile file = OpenFiles.file(number);
        if (file instanceof UnixSocketFile unix) {
            unix.setOption(option, value);
        } else {
            SocketCalls.socket(file).setOption(option, value);
        }
    }
}
