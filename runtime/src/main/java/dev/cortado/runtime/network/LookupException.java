package dev.cortado.runtime.network;

import dev.cortado.runtime.net.dns.DnsStatus;

/** A name that has no address, or of which nobody says whether it has. */
public final class LookupException extends Exception {
    private static final long serialVersionUID = 1;

    LookupException(String name, DnsStatus status) {
        super(name + ": " + describe(status));
    }

    private static String describe(DnsStatus status) {
        return switch (status) {
            case FOUND -> "found";
            case NO_SUCH_NAME -> "Name or service not known";
            case NO_DATA -> "No address associated with hostname";
            case FAILED, TIMEOUT -> "Temporary failure in name resolution";
            case BAD_NAME -> "No host can have that name";
            case UNAVAILABLE -> "There is no name server to ask";
        };
    }
}
