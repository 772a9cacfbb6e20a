package dev.cortado.runtime.socket;

import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.tcp.TcpTransport;
import dev.cortado.runtime.net.time.NetworkClock;

/** A stack that is running: somebody calls its {@link NetworkStack#service}. */
public interface SocketHost {
    NetworkStack stack();

    /** That the stack gives TCP's packets to. */
    TcpTransport tcp();

    /** The stack's time. */
    NetworkClock clock();
}
