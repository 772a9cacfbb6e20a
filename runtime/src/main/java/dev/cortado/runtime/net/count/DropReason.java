package dev.cortado.runtime.net.count;

/** Why a packet was dropped. */
public enum DropReason {
    NO_BUFFER("no packet buffer was free"),
    FAULT("a fault of the stack's own, or no memory for it"),

    FRAME_TRUNCATED("a frame shorter than its header"),
    FRAME_NOT_OURS("a frame for another address"),
    FRAME_SOURCE("a frame from a group's address"),
    ETHERTYPE_UNKNOWN("a protocol over Ethernet that is not known"),
    VLAN_NOT_OURS("a frame of another VLAN"),
    LINK_DOWN("the link is down"),
    FRAME_TOO_BIG("longer than the device can send"),
    DEVICE_FULL("the device's queue is full"),
    DEVICE_REFUSED("a frame that no driver takes"),

    ARP_MALFORMED("an ARP packet that cannot be"),
    ARP_NOT_FOR_US("an ARP packet about others"),
    ARP_CONFLICT("somebody claims one of our addresses"),
    ARP_UNASKED("an ARP answer that nobody asked for"),
    NEIGHBOUR_QUEUE_FULL("too many packets wait for a neighbour's address"),
    NEIGHBOUR_UNREACHABLE("a neighbour that does not answer"),
    NEIGHBOUR_TABLE_FULL("too many neighbours"),

    IP_MALFORMED("an IP header that cannot be"),
    IP_TRUNCATED("an IP packet longer than its frame"),
    IP_CHECKSUM("an IPv4 header's checksum is wrong"),
    IP_SOURCE("a source address that no packet can have"),
    IP_NOT_OURS("an IP packet for another address"),
    IP_OPTIONS("IP options that cannot be, or source routing"),
    IP_EXTENSION("IPv6 extension headers that cannot be, or too many"),
    IP_PROTOCOL_UNKNOWN("a protocol over IP that is not known"),
    IP_NO_ROUTE("no route"),
    IP_NO_SOURCE("no source address"),
    IP_TOO_BIG("longer than the path takes, and not to be fragmented"),

    FRAGMENT_MALFORMED("a fragment that cannot be"),
    FRAGMENT_OVERLAP("fragments that overlap"),
    FRAGMENT_DUPLICATE("a fragment that was there already"),
    FRAGMENT_TIMEOUT("fragments whose others did not come"),
    FRAGMENT_LIMIT("too many fragments"),

    ICMP_MALFORMED("an ICMP message that cannot be"),
    ICMP_CHECKSUM("an ICMP message's checksum is wrong"),
    ICMP_IGNORED("an ICMP message that is of no use"),
    ICMP_RATE("an ICMP answer too many"),

    GROUP_MALFORMED("a message of group membership that cannot be"),
    GROUP_IGNORED("a message of group membership that is of no use"),

    UDP_MALFORMED("a UDP header that cannot be"),
    UDP_CHECKSUM("a UDP datagram's checksum is wrong"),
    UDP_NO_PORT("a UDP datagram to a port without a socket"),
    UDP_QUEUE_FULL("a UDP socket's queue is full"),

    TCP_MALFORMED("a TCP header or options that cannot be"),
    TCP_CHECKSUM("a TCP segment's checksum is wrong"),
    TCP_NO_CONNECTION("a TCP segment without a connection"),
    TCP_NOT_ACCEPTABLE("a TCP segment outside of the window"),
    TCP_OLD_TIMESTAMP("a TCP segment with an old timestamp"),
    TCP_CHALLENGED("a TCP reset or SYN that had to be challenged"),
    TCP_BACKLOG_FULL("a TCP connection too many"),

    NDP_MALFORMED("a neighbour discovery message that cannot be"),
    NDP_IGNORED("a neighbour discovery message that is of no use"),
    DHCP_MALFORMED("a DHCP message that cannot be"),
    DHCP_IGNORED("a DHCP message that does not answer ours"),
    DHCP6_MALFORMED("a DHCPv6 message that cannot be"),
    DHCP6_IGNORED("a DHCPv6 message that does not answer ours"),
    DNS_MALFORMED("a DNS message that cannot be"),
    DNS_IGNORED("a DNS message that does not answer ours");

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    /** For people. */
    @Override
    public String toString() {
        return text;
    }
}
