package dev.cortado.system.servers;

import dev.cortado.system.Session;

/**
 * A server that waits for clients.
 *
 * @param port of this host, at which it is reached
 */
public record Listening(Session session, int port) implements AutoCloseable {
    @Override
    public void close() {
        session.close();
    }
}
