package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.net.udp.UdpOptions;
import dev.cortado.runtime.net.udp.UdpSocket;

/** The options of a UDP socket. */
final class UdpSocketOptions {
    private static final int LARGEST_HOPS = 255;
    private static final int DEFAULT_HOPS = 64;
    private static final int LEAST_BUFFER = 2304;
    private static final int LARGEST_BUFFER = 8 << 20;

    private final UdpSocket socket;
    private final int[] values = new int[SocketOption.values().length];

    UdpSocketOptions(UdpSocket socket) {
        this.socket = socket;
        put(SocketOption.LINGER, -1);
        put(SocketOption.HOPS, DEFAULT_HOPS);
        put(SocketOption.MULTICAST_HOPS, 1);
        put(SocketOption.MULTICAST_LOOP, 1);
        put(SocketOption.RECEIVE_BUFFER, UdpSocket.DEFAULT_RECEIVE_BUFFER);
        put(SocketOption.SEND_BUFFER, UdpSocket.DEFAULT_RECEIVE_BUFFER);
    }

    private void put(SocketOption option, int value) {
        values[option.ordinal()] = value;
    }

    synchronized boolean isOn(SocketOption option) {
        return values[option.ordinal()] != 0;
    }

    synchronized int get(SocketOption option) throws FileException {
        checkKnown(option);
        return values[option.ordinal()];
    }

    synchronized void set(SocketOption option, int value) throws FileException {
        checkKnown(option);
        UdpOptions to = socket.options();
        int checked = value;
        switch (option) {
            case REUSE_ADDRESS, REUSE_PORT -> {
                put(option, value == 0 ? 0 : 1);
                to.setReuseAddress(
                        isOn(SocketOption.REUSE_ADDRESS) || isOn(SocketOption.REUSE_PORT));
                return;
            }
            case RECEIVE_BUFFER -> {
                within(value, 0, Integer.MAX_VALUE);
                checked = Math.clamp(value, LEAST_BUFFER, LARGEST_BUFFER);
                socket.inbox().account().setLimit(checked);
            }
            case SEND_BUFFER -> within(value, 0, Integer.MAX_VALUE);
            case TRAFFIC_CLASS -> to.setTrafficClass(within(value, 0, 0xff));
            case HOPS -> to.setHopLimit(within(value, 1, LARGEST_HOPS));
            case MULTICAST_HOPS -> to.setMulticastHopLimit(within(value, 0, LARGEST_HOPS));
            case MULTICAST_INTERFACE -> to.setMulticastInterface(within(value, 0, Short.MAX_VALUE));
            case MULTICAST_LOOP -> {
                checked = value == 0 ? 0 : 1;
                to.setMulticastLoop(value != 0);
            }
            case DONT_FRAGMENT -> {
                checked = value == 0 ? 0 : 1;
                to.setDontFragment(value != 0);
            }
            case LINGER -> checked = Math.max(-1, value);
            default -> checked = value == 0 ? 0 : 1;
        }
        put(option, checked);
    }

    private static void checkKnown(SocketOption option) throws FileException {
        switch (option) {
            case KEEP_IDLE,
                    KEEP_INTERVAL,
                    KEEP_COUNT,
                    NO_DELAY,
                    QUICK_ACKNOWLEDGEMENT,
                    USER_TIMEOUT ->
                    throw new FileException(Errno.ENOPROTOOPT);
            default -> {}
        }
    }

    private static int within(int value, int least, int most) throws FileException {
        if (value < least || value > most) {
            throw new FileException(Errno.EINVAL);
        }
        return value;
    }
}
