package dev.cortado.runtime.net.udp;

/** What became of a socket that was to get an address and a port. */
public enum BindResult {
    BOUND,

    /** EADDRINUSE; of a socket that wanted any port, too: there is none. */
    ADDRESS_IN_USE,

    /** EADDRNOTAVAIL. */
    ADDRESS_NOT_OURS,

    /** EINVAL: it has one already, or is closed. */
    BOUND_BEFORE
}
