package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.net.tcp.TcpConnection;
import dev.cortado.runtime.net.tcp.TcpOptionValues;

/** The options of a TCP socket, kept until there is a connection that they can be given to. */
final class TcpSocketOptions {
    static final int NO_LINGER = -1;
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final int LARGEST_KEEP_TIME = 32_767;
    private static final int LARGEST_KEEP_COUNT = 127;
    private static final int DEFAULT_BUFFER = 64 << 10;

    private final int[] values = new int[SocketOption.values().length];

    /** Of each option, whether the program has set it. */
    private final boolean[] isSet = new boolean[values.length];

    TcpSocketOptions() {
        put(SocketOption.KEEP_IDLE, 7200);
        put(SocketOption.KEEP_INTERVAL, 75);
        put(SocketOption.KEEP_COUNT, 9);
        put(SocketOption.LINGER, NO_LINGER);
        put(SocketOption.SEND_BUFFER, DEFAULT_BUFFER);
        put(SocketOption.RECEIVE_BUFFER, DEFAULT_BUFFER);
        put(SocketOption.QUICK_ACKNOWLEDGEMENT, 1);
        put(SocketOption.DONT_FRAGMENT, 1);
    }

    private void put(SocketOption option, int value) {
        values[option.ordinal()] = value;
    }

    /** Those of the socket that a connection was accepted by. */
    synchronized void copy(TcpSocketOptions from) {
        synchronized (from) {
            System.arraycopy(from.values, 0, values, 0, values.length);
            System.arraycopy(from.isSet, 0, isSet, 0, isSet.length);
        }
    }

    synchronized int get(SocketOption option) throws FileException {
        checkKnown(option);
        return values[option.ordinal()];
    }

    /** Whether the program has set it. */
    synchronized boolean isSet(SocketOption option) {
        return isSet[option.ordinal()];
    }

    synchronized boolean isOn(SocketOption option) {
        return values[option.ordinal()] != 0;
    }

    /** Seconds, or {@link #NO_LINGER}. */
    synchronized int linger() {
        return values[SocketOption.LINGER.ordinal()];
    }

    synchronized void set(SocketOption option, int value) throws FileException {
        checkKnown(option);
        put(option, checked(option, value));
        isSet[option.ordinal()] = true;
    }

    private static void checkKnown(SocketOption option) throws FileException {
        switch (option) {
            case MULTICAST_INTERFACE, MULTICAST_HOPS, MULTICAST_LOOP, HOPS ->
                    throw new FileException(Errno.ENOPROTOOPT);
            default -> {}
        }
    }

    private static int checked(SocketOption option, int value) throws FileException {
        return switch (option) {
            case KEEP_IDLE, KEEP_INTERVAL -> within(value, 1, LARGEST_KEEP_TIME);
            case KEEP_COUNT -> within(value, 1, LARGEST_KEEP_COUNT);
            case SEND_BUFFER, RECEIVE_BUFFER, USER_TIMEOUT -> within(value, 0, Integer.MAX_VALUE);
            case TRAFFIC_CLASS -> within(value, 0, 0xff);
            case LINGER -> Math.max(NO_LINGER, value);
            default -> value == 0 ? 0 : 1;
        };
    }

    private static int within(int value, int least, int most) throws FileException {
        if (value < least || value > most) {
            throw new FileException(Errno.EINVAL);
        }
        return value;
    }

    /** Gives a new connection what was set. */
    void applyAll(TcpConnection connection, long now) {
        for (SocketOption option : SocketOption.values()) {
            if (isSet(option)) {
                apply(option, connection, now);
            }
        }
    }

    void apply(SocketOption option, TcpConnection connection, long now) {
        TcpOptionValues to = connection.options();
        int value = value(option);
        switch (option) {
            case NO_DELAY -> to.setNoDelay(value != 0, now);
            case KEEP_ALIVE -> to.setKeepAlive(value != 0, now);
            case KEEP_IDLE, KEEP_INTERVAL, KEEP_COUNT ->
                    to.setKeepAliveTimes(
                            value(SocketOption.KEEP_IDLE) * SECOND,
                            value(SocketOption.KEEP_INTERVAL) * SECOND,
                            value(SocketOption.KEEP_COUNT),
                            now);
            case SEND_BUFFER -> to.setSendBuffer(value, now);
            case RECEIVE_BUFFER -> to.setReceiveBuffer(value, now);
            case URGENT_IN_LINE -> to.setUrgentInLine(value != 0, now);
            case TRAFFIC_CLASS -> to.setTrafficClass(value, now);
            case USER_TIMEOUT -> {
                if (value > 0) {
                    to.setUserTimeout(value * MILLISECOND, now);
                }
            }
            default -> {}
        }
    }

    private synchronized int value(SocketOption option) {
        return values[option.ordinal()];
    }
}
