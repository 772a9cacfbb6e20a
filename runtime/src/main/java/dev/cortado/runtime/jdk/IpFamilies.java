package dev.cortado.runtime.jdk;

/** Which families of addresses the JDK uses. The stack has both, loopback included. */
final class IpFamilies {
    /** See {@code java.net.doc-files.net-properties}. */
    private static final String ONLY_IPV4 = "java.net.preferIPv4Stack";

    private IpFamilies() {}

    static boolean isIpv6Wanted() {
        return !Boolean.getBoolean(ONLY_IPV4);
    }
}
