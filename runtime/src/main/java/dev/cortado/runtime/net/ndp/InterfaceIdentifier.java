package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.random.SipHash;

/**
 * The lower half of an address that is the same each time on the same network, another on another,
 * and tells nothing (RFC 7217, 5). Its function is SipHash under the host's secret.
 */
final class InterfaceIdentifier {
    private final SipHash hash;

    InterfaceIdentifier(SipHash hash) {
        this.hash = hash;
    }

    /**
     * @param counter how many of them somebody else had already
     */
    long of(long prefixHigh, long mac, int counter) {
        int attempt = counter;
        long identifier;
        do {
            identifier = hash.hash(prefixHigh, mac, attempt);
            attempt += 256;
        } while (isReserved(identifier));
        return identifier;
    }

    /** RFC 5453: routers' and subnets' anycast addresses, and those that IANA has reserved. */
    private static boolean isReserved(long identifier) {
        return identifier == 0
                || identifier >>> 7 == 0xfdff_ffff_ffff_ff80L >>> 7
                || identifier >>> 24 == 0x0200_5eff_feL;
    }
}
