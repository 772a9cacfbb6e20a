package dev.cortado.runtime.net.wire;

/** Types and codes of ICMPv6 (RFC 4443, 3 and 4). Fields are those of {@link IcmpMessage}. */
public final class Icmpv6Message {
    public static final int DESTINATION_UNREACHABLE = 1;
    public static final int PACKET_TOO_BIG = 2;
    public static final int TIME_EXCEEDED = 3;
    public static final int PARAMETER_PROBLEM = 4;
    public static final int ECHO_REQUEST = 128;
    public static final int ECHO_REPLY = 129;

    /** RFC 2710, RFC 3810. */
    public static final int LISTENER_QUERY = 130;

    public static final int LISTENER_REPORT = 131;
    public static final int LISTENER_DONE = 132;
    public static final int LISTENER_REPORT_2 = 143;

    /** RFC 4861, 4. */
    public static final int ROUTER_SOLICITATION = 133;

    public static final int ROUTER_ADVERTISEMENT = 134;
    public static final int NEIGHBOUR_SOLICITATION = 135;
    public static final int NEIGHBOUR_ADVERTISEMENT = 136;
    public static final int REDIRECT = 137;

    /** Codes of DESTINATION_UNREACHABLE. */
    public static final int NO_ROUTE = 0;

    public static final int PROHIBITED = 1;
    public static final int BEYOND_SCOPE = 2;
    public static final int ADDRESS = 3;
    public static final int PORT = 4;
    public static final int POLICY = 5;
    public static final int ROUTE_REJECTED = 6;

    /** Codes of TIME_EXCEEDED. */
    public static final int IN_TRANSIT = 0;

    public static final int REASSEMBLY = 1;

    /** Codes of PARAMETER_PROBLEM. */
    public static final int HEADER_FIELD = 0;

    public static final int NEXT_HEADER = 1;
    public static final int OPTION = 2;

    /** RFC 7112, 5: the first fragment lacks a header. */
    public static final int INCOMPLETE_CHAIN = 3;

    private Icmpv6Message() {}

    /** Whether a type is an error's (2.1). */
    public static boolean isError(int type) {
        return type < 128;
    }
}
