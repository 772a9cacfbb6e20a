package dev.cortado.drivers.xen.block;

import java.util.ArrayList;

/**
 * Connections that have ended, as long as a backend has pages of them. None of it but {@link
 * #reserve} needs memory. For one thread at a time.
 */
final class KeptConnections {
    private final ArrayList<BlockConnection> connections = new ArrayList<>();

    /** Has room for one more. */
    void reserve() {
        connections.ensureCapacity(connections.size() + 1);
    }

    /** One that ends; there is room for it. */
    void add(BlockConnection connection) {
        connections.add(connection);
    }

    /** As {@link BlockConnection#freeze}. */
    void freeze(boolean on) {
        for (int i = 0; i < connections.size(); i++) {
            connections.get(i).freeze(on);
        }
    }

    /** The domain was restored: nothing is shared any more. */
    void forget() {
        for (int i = 0; i < connections.size(); i++) {
            connections.get(i).forget();
        }
    }

    /**
     * Takes back what backends have let go of.
     *
     * @return whether they have nothing any more
     */
    boolean reap() {
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (connections.get(i).isReleased()) {
                connections.remove(i);
            }
        }
        return connections.isEmpty();
    }
}
