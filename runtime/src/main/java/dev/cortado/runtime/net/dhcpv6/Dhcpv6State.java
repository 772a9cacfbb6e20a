package dev.cortado.runtime.net.dhcpv6;

/** What a client is at (RFC 8415, 18.2). */
public enum Dhcpv6State {
    /** Not started, or stopped. */
    STOPPED,

    /** Waits before it looks for a server again. */
    WAITING,

    /** Looks for servers (18.2.1). */
    SOLICITING,

    /** Asks one for what it has offered (18.2.2). */
    REQUESTING,

    /** Asks whether its addresses are good where the link is now (18.2.3). */
    CONFIRMING,

    /** Has addresses. */
    BOUND,

    /** Asks its server for more time (18.2.4). */
    RENEWING,

    /** Asks any server for it (18.2.5). */
    REBINDING,

    /** Asks for what is no address (18.2.6). */
    INFORMING,

    /** Has no addresses, and what it asked for. */
    INFORMED,

    /** Gives its addresses back (18.2.7). */
    RELEASING,

    /** Says that somebody else has an address (18.2.8). */
    DECLINING
}
