package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.address.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has taken which port, by POSIX's bind: one for each address, unless all of them share. Ports
 * of connections that never were bound are not here: their pair of addresses and ports is enough.
 */
final class PortClaims {
    private final Map<Integer, List<TcpBinding>> claims = new HashMap<>();

    /** Takes a port; null if it is taken. */
    synchronized TcpBinding claim(
            IpAddress address, int port, boolean shared, boolean listensTogether) {
        if (!isFree(address, port, shared, listensTogether)) {
            return null;
        }
        TcpBinding added = new TcpBinding(address, port, shared, listensTogether);
        claims.computeIfAbsent(port, key -> new ArrayList<>(1)).add(added);
        return added;
    }

    boolean isFree(IpAddress address, int port) {
        return isFree(address, port, false, false);
    }

    private synchronized boolean isFree(
            IpAddress address, int port, boolean shared, boolean listensTogether) {
        for (TcpBinding other : claims.getOrDefault(port, List.of())) {
            boolean together =
                    shared && other.isShared() && !other.listens
                            || listensTogether && other.listensTogether();
            if (!together && other.overlaps(address)) {
                return false;
            }
        }
        return true;
    }

    /** Says that its owner listens; false if another that it overlaps with does. */
    synchronized boolean listen(TcpBinding binding) {
        for (TcpBinding other : claims.getOrDefault(binding.port(), List.of())) {
            boolean together = binding.listensTogether() && other.listensTogether();
            if (other != binding
                    && other.listens
                    && !together
                    && other.overlaps(binding.address())) {
                return false;
            }
        }
        binding.listens = true;
        return true;
    }

    /** Gives a port back; the second time does nothing. */
    synchronized void release(TcpBinding binding) {
        List<TcpBinding> others = claims.get(binding.port());
        if (others != null && others.remove(binding) && others.isEmpty()) {
            claims.remove(binding.port());
        }
    }
}
