package dev.cortado.runtime.net.dhcp;

/** RFC 2131, 4.4, figure 5, and two of our own: stopped, and probing (2.2, 4.4.1). */
public enum DhcpState {
    /** Not started, or stopped. */
    STOPPED,

    /** Waits before it begins: after a refusal or a conflict. */
    INIT,

    /** Asked for offers. */
    SELECTING,

    /** Asked for an offered address. */
    REQUESTING,

    /** Has an address, and asks whether somebody else has it. */
    PROBING,

    /** Has an address, and asks whether it is good where the link is now. */
    REBOOTING,

    BOUND,

    /** Asks the server for more time. */
    RENEWING,

    /** Asks any server. */
    REBINDING
}
