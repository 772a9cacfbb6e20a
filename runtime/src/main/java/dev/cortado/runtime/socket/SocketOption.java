package dev.cortado.runtime.socket;

/** What can be set of a socket; a switch is 0 or 1. The names in comments are Linux's. */
public enum SocketOption {
    /** SO_REUSEADDR. */
    REUSE_ADDRESS,
    /** SO_REUSEPORT. */
    REUSE_PORT,
    /** SO_KEEPALIVE. */
    KEEP_ALIVE,
    /** TCP_KEEPIDLE, seconds, 1 to 32767. */
    KEEP_IDLE,
    /** TCP_KEEPINTVL, seconds, 1 to 32767. */
    KEEP_INTERVAL,
    /** TCP_KEEPCNT, 1 to 127. */
    KEEP_COUNT,
    /** TCP_NODELAY. */
    NO_DELAY,
    /** TCP_QUICKACK. */
    QUICK_ACKNOWLEDGEMENT,
    /** SO_SNDBUF, bytes. */
    SEND_BUFFER,
    /** SO_RCVBUF, bytes. */
    RECEIVE_BUFFER,
    /** SO_LINGER, seconds; -1 is off. */
    LINGER,
    /** SO_BROADCAST. */
    BROADCAST,
    /** IP_TOS and IPV6_TCLASS, 0 to 255. */
    TRAFFIC_CLASS,
    /** SO_OOBINLINE. */
    URGENT_IN_LINE,
    /** IP_MULTICAST_IF and IPV6_MULTICAST_IF, index of an interface; 0 is any. */
    MULTICAST_INTERFACE,
    /** IP_MULTICAST_TTL and IPV6_MULTICAST_HOPS, 0 to 255. */
    MULTICAST_HOPS,
    /**
     * IP_MULTICAST_LOOP and IPV6_MULTICAST_LOOP: what goes to a group that we are in comes back.
     */
    MULTICAST_LOOP,
    /** IP_TTL and IPV6_UNICAST_HOPS, 1 to 255. */
    HOPS,
    /** IP_MTU_DISCOVER: what is too long for the way is refused. */
    DONT_FRAGMENT,
    /** TCP_USER_TIMEOUT, milliseconds; 0 is the stack's. */
    USER_TIMEOUT
}
