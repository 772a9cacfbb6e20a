package dev.cortado.runtime.socket;

/** What a TCP socket is used for. */
enum TcpSocketState {
    UNCONNECTED,
    LISTENING,
    CONNECTING,
    CONNECTED
}
