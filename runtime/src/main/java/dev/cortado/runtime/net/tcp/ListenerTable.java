package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketInfo;
import java.util.Arrays;

/**
 * The ports that take connections. Few, and looked at for SYNs only: an array, copied to change.
 */
final class ListenerTable {
    private volatile TcpListener[] listeners = new TcpListener[0];

    synchronized void add(TcpListener added) {
        TcpListener[] more = Arrays.copyOf(listeners, listeners.length + 1);
        more[more.length - 1] = added;
        listeners = more;
    }

    synchronized void remove(TcpListener removed) {
        listeners =
                Arrays.stream(listeners)
                        .filter(listener -> listener != removed)
                        .toArray(TcpListener[]::new);
    }

    /** All of them; not to be changed. */
    TcpListener[] all() {
        return listeners;
    }

    /** The listener for a segment; the one on that very address before one on any. */
    TcpListener find(PacketInfo info) {
        TcpListener[] all = listeners;
        TcpListener exact = choose(all, info, true);
        return exact != null ? exact : choose(all, info, false);
    }

    /** Of several that share a port, a host's connection from one port always gets the same. */
    private static TcpListener choose(TcpListener[] all, PacketInfo info, boolean exact) {
        int count = 0;
        TcpListener last = null;
        for (TcpListener listener : all) {
            if (fits(listener, info, exact)) {
                count++;
                last = listener;
            }
        }
        if (count < 2) {
            return last;
        }
        int left = (int) ((hash(info) >>> 33) % count);
        for (TcpListener listener : all) {
            if (fits(listener, info, exact) && left-- == 0) {
                return listener;
            }
        }
        return last;
    }

    /** Steele and Vigna's multiplier: who chooses ports cannot miss a listener for long. */
    private static long hash(PacketInfo info) {
        return (info.sourceHigh ^ info.sourceLow ^ (long) info.sourcePort << 32)
                * 0xd1342543de82ef95L;
    }

    private static boolean fits(TcpListener listener, PacketInfo info, boolean exact) {
        if (listener.port() != info.destinationPort) {
            return false;
        }
        IpAddress address = listener.address();
        return exact
                ? address.high() == info.destinationHigh && address.low() == info.destinationLow
                : TcpBinding.covers(address, info.destinationHigh, info.destinationLow);
    }
}
