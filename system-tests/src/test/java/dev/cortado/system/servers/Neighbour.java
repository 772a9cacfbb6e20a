package dev.cortado.system.servers;

import java.util.List;

/** A real server on this host, which programs of the test are clients of. */
interface Neighbour extends AutoCloseable {
    /** What a program is told after the host's address, such as ports. */
    List<String> arguments();

    @Override
    void close();
}
