package dev.cortado.system.peers;

import static dev.cortado.system.peers.FrameBytes.FRAGMENT;
import static dev.cortado.system.peers.FrameBytes.ICMP;
import static dev.cortado.system.peers.FrameBytes.ICMPV6;
import static dev.cortado.system.peers.FrameBytes.TCP;
import static dev.cortado.system.peers.FrameBytes.UDP;
import static dev.cortado.system.peers.FrameBytes.hex;
import static dev.cortado.system.peers.FrameBytes.join;
import static dev.cortado.system.peers.FrameBytes.repeat;

import dev.cortado.system.TapNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of attacks that are known by name, and of others that break a rule.
 *
 * @param reason for which the guest drops one of them
 */
record HostileFrame(String name, String reason, List<byte[]> frames) {
    private static final String LIAR = "10.77.0.66";
    private static final String LIAR6 = "fd77::66";
    private static final String LIAR_ON_LINK = "fe80::66";
    private static final String GUEST = TapNetwork.GUEST;
    private static final String GUEST6 = TapNetwork.GUEST6;
    private static final byte[] NONE = {};

    /** Flags of IPv4's, in the field of the fragment's offset. */
    private static final int MORE = 0x2000;

    /** Port 8080, from 4660. */
    private static final String PORTS = "1234 1f90";

    private static HostileFrame of(String name, String reason, byte[]... frames) {
        return new HostileFrame(name, reason, List.of(frames));
    }

    static List<HostileFrame> all() {
        List<HostileFrame> all = new ArrayList<>();
        link(all);
        ipv4(all);
        fragments(all);
        transports(all);
        ipv6(all);
        discovery(all);
        return all;
    }

    private static void link(List<HostileFrame> all) {
        byte[] anything = repeat("00", 46);
        String group = "01:00:5e:00:00:01";
        all.add(of("unknown protocol", "ETHERTYPE_UNKNOWN", FrameBytes.ethernet(0x9999, anything)));
        all.add(
                of(
                        "from a group",
                        "FRAME_SOURCE",
                        FrameBytes.ethernet(Guest.MAC, group, 0x0800, anything)));
        all.add(of("ARP with long addresses", "ARP_MALFORMED", arp("0001 0800 08 04 0002", LIAR)));
        all.add(of("ARP spoofing", "ARP_UNASKED", arp("0001 0800 06 04 0002", LIAR)));
        all.add(of("ARP for the guest's own", "ARP_CONFLICT", arp("0001 0800 06 04 0002", GUEST)));
    }

    /** An answer that says whose an address is. */
    private static byte[] arp(String head, String claimed) {
        byte[] packet =
                join(
                        hex(head),
                        hex(FrameBytes.LIAR),
                        FrameBytes.address(claimed),
                        hex(Guest.MAC),
                        FrameBytes.address(GUEST),
                        repeat("00", 18));
        return FrameBytes.ethernet(0x0806, packet);
    }

    private static void ipv4(List<HostileFrame> all) {
        byte[] fine = FrameBytes.ipv4(LIAR, GUEST, UDP, repeat("00", 26));
        all.add(of("header of 16 bytes", "IP_MALFORMED", with(fine, 14, 0x44)));
        all.add(of("longer than its frame", "IP_TRUNCATED", with(fine, 16, 0x7f)));
        all.add(of("wrong sum of IP", "IP_CHECKSUM", with(fine, 24, fine[24] ^ 1)));
        all.add(of("land", "IP_SOURCE", FrameBytes.ipv4(GUEST, GUEST, TCP, syn(GUEST, ""))));
        all.add(of("from loopback", "IP_SOURCE", ipv4From("127.0.0.1")));
        all.add(of("from everybody", "IP_SOURCE", ipv4From("255.255.255.255")));
        all.add(of("source route", "IP_OPTIONS", optioned("83 07 04 0a4d0001 00")));
        all.add(of("option of no length", "IP_OPTIONS", optioned("44 00 0000")));
        all.add(of("option without end", "IP_OPTIONS", optioned("44 28 0500")));
        all.add(
                of(
                        "unknown transport",
                        "IP_PROTOCOL_UNKNOWN",
                        FrameBytes.ipv4(LIAR, GUEST, 253, repeat("00", 26))));
    }

    private static byte[] with(byte[] frame, int at, int value) {
        byte[] changed = frame.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] ipv4From(String source) {
        return FrameBytes.ipv4(source, GUEST, UDP, repeat("00", 26));
    }

    private static byte[] optioned(String options) {
        return FrameBytes.ipv4(LIAR, GUEST, UDP, 1, 0, hex(options), repeat("00", 26));
    }

    private static void fragments(List<HostileFrame> all) {
        for (int i = 0; i < 100; i++) {
            all.add(
                    of(
                            "teardrop",
                            "FRAGMENT_OVERLAP",
                            FrameBytes.ipv4(LIAR, GUEST, UDP, i, MORE, NONE, repeat("11", 56)),
                            FrameBytes.ipv4(LIAR, GUEST, UDP, i, 3, NONE, repeat("22", 4))));
        }
        all.add(
                of(
                        "ping of death",
                        "FRAGMENT_MALFORMED",
                        FrameBytes.ipv4(LIAR, GUEST, ICMP, 7, 0x1fff, NONE, repeat("33", 1400))));
        all.add(
                of(
                        "a fragment of 9 bytes",
                        "FRAGMENT_MALFORMED",
                        FrameBytes.ipv4(LIAR, GUEST, ICMP, 8, MORE, NONE, repeat("33", 9))));
        byte[] first = join(hex("11 00 0001 00000007"), repeat("44", 48));
        byte[] over = join(hex("11 00 0008 00000007"), repeat("55", 48));
        all.add(
                of(
                        "fragments of IPv6 that overlap",
                        "FRAGMENT_OVERLAP",
                        FrameBytes.ipv6(LIAR6, GUEST6, FRAGMENT, 64, first),
                        FrameBytes.ipv6(LIAR6, GUEST6, FRAGMENT, 64, over)));
        byte[] odd = join(hex("11 00 0001 00000008"), repeat("44", 9));
        all.add(
                of(
                        "a fragment of 9 bytes of IPv6's",
                        "FRAGMENT_MALFORMED",
                        FrameBytes.ipv6(LIAR6, GUEST6, FRAGMENT, 64, odd)));
    }

    private static void transports(List<HostileFrame> all) {
        all.add(of("half an ICMP header", "ICMP_MALFORMED", icmp("0800 0000")));
        all.add(of("wrong sum of ICMP", "ICMP_CHECKSUM", icmp("0800 1234 0000 0001")));
        String quoted = "4500 001c 0000 0000 4011 0000 0a4d0002 0a4d0001 0035 0035 0008 0000";
        all.add(of("redirect", "ICMP_IGNORED", summedIcmp("0501 0000 0a4d0042" + quoted)));
        all.add(of("needs 68 bytes", "ICMP_IGNORED", summedIcmp("0304 0000 00000044" + quoted)));
        all.add(of("half a UDP header", "UDP_MALFORMED", ipv4Of(UDP, "1234 1f90")));
        all.add(of("UDP of 3 bytes", "UDP_MALFORMED", ipv4Of(UDP, "1234 1f90 0003 0000")));
        all.add(of("wrong sum of UDP", "UDP_CHECKSUM", ipv4Of(UDP, "1234 1f90 0008 0001")));
        all.add(of("UDP for nobody", "UDP_NO_PORT", ipv4Of(UDP, "1234 1f90 0008 0000")));
        all.add(of("half a TCP header", "TCP_MALFORMED", ipv4Of(TCP, PORTS + "0000 0000")));
        all.add(of("TCP header of 16 bytes", "TCP_MALFORMED", tcp("4002", "")));
        all.add(of("TCP header beyond its end", "TCP_MALFORMED", tcp("f002", "")));
        all.add(of("wrong sum of TCP", "TCP_CHECKSUM", with(tcp("5002", ""), 50, 0x55)));
        all.add(of("of no connection", "TCP_NO_CONNECTION", tcp("5010", "")));
        all.add(of("xmas", "TCP_NOT_ACCEPTABLE", tcp("5029", "")));
        all.add(of("no flags", "TCP_NOT_ACCEPTABLE", tcp("5000", "")));
        all.add(of("option of no length", "TCP_MALFORMED", tcp("6002", "0200 05b4")));
        all.add(of("option without end", "TCP_MALFORMED", tcp("6002", "020f 05b4")));
    }

    private static byte[] ipv4Of(int protocol, String data) {
        return FrameBytes.ipv4(LIAR, GUEST, protocol, hex(data));
    }

    private static byte[] icmp(String message) {
        return ipv4Of(ICMP, message);
    }

    private static byte[] summedIcmp(String message) {
        return FrameBytes.ipv4(LIAR, GUEST, ICMP, FrameBytes.icmp(hex(message)));
    }

    private static byte[] syn(String source, String options) {
        return segment(source, "5002", options);
    }

    private static byte[] segment(String source, String offsetAndFlags, String options) {
        String header = PORTS + "01020304 00000000" + offsetAndFlags + "ffff 0000 0000";
        return FrameBytes.summed(source, GUEST, TCP, 16, hex(header + options));
    }

    private static byte[] tcp(String offsetAndFlags, String options) {
        return FrameBytes.ipv4(LIAR, GUEST, TCP, segment(LIAR, offsetAndFlags, options));
    }

    private static void ipv6(List<HostileFrame> all) {
        byte[] fine = FrameBytes.ipv6(LIAR6, GUEST6, UDP, 64, repeat("00", 8));
        all.add(of("longer than its frame, IPv6", "IP_TRUNCATED", with(fine, 18, 0x7f)));
        all.add(of("from a group, IPv6", "IP_SOURCE", ipv6From("ff02::1")));
        all.add(of("land, IPv6", "IP_SOURCE", ipv6From(GUEST6)));
        all.add(of("options beyond the end", "IP_EXTENSION", ipv6Of(0, "3aff 0000 0000 0000")));
        String routed = "3b02 0001 00000000 fd770000000000000000000000000001";
        all.add(of("routing header of type 0", "IP_EXTENSION", ipv6Of(43, routed)));
        String options = "3c00 0104 00000000".repeat(40);
        all.add(of("forty headers of options", "IP_EXTENSION", ipv6Of(60, options)));
        String tooBig = "0200 0000 00000030 6000 0000 0008 1140";
        String quoted = tooBig + "fd770000000000000000000000000002".repeat(2) + "0035003500080000";
        all.add(of("needs 48 bytes", "ICMP_IGNORED", icmpv6(LIAR6, GUEST6, 64, quoted)));
    }

    private static byte[] ipv6From(String source) {
        return FrameBytes.ipv6(source, GUEST6, UDP, 64, repeat("00", 8));
    }

    private static byte[] ipv6Of(int header, String data) {
        return FrameBytes.ipv6(LIAR6, GUEST6, header, 64, hex(data));
    }

    private static byte[] icmpv6(String source, String destination, int hops, String message) {
        byte[] summed = FrameBytes.summed(source, destination, ICMPV6, 2, hex(message));
        return FrameBytes.ipv6(source, destination, ICMPV6, hops, summed);
    }

    private static void discovery(List<HostileFrame> all) {
        String target = "fd770000000000000000000000000002";
        String asks = "8700 0000 00000000" + target;
        all.add(
                of(
                        "neighbour option of no length",
                        "NDP_MALFORMED",
                        icmpv6(LIAR6, GUEST6, 255, asks + "0100 020000000066")));
        all.add(
                of(
                        "a neighbour from afar",
                        "NDP_MALFORMED",
                        icmpv6(LIAR6, GUEST6, 64, asks + "0101 020000000066")));
        String claims = "8800 0000 20000000" + target + "0201 020000000066";
        all.add(of("the guest's own", "NDP_IGNORED", icmpv6(LIAR6, GUEST6, 255, claims)));
        String redirect = "8900 0000 00000000" + target + target;
        all.add(of("redirect, IPv6", "NDP_IGNORED", icmpv6(LIAR_ON_LINK, GUEST6, 255, redirect)));
        String router = "8600 0000 4000 0708 00000000 00000000";
        byte[] far = icmpv6(LIAR6, GUEST6, 255, router);
        all.add(of("a router that is not on the link", "NDP_MALFORMED", far));
        for (int i = 0; i < 100; i++) {
            String prefix =
                    "0304 40c0 00001c20 00001c20 00000000 2001 0db8 00%02x 0000".formatted(i);
            byte[] routers = icmpv6("fe80::6:" + i, GUEST6, 255, router + prefix + "00".repeat(8));
            String reason = i < 32 ? "" : "NDP_IGNORED";
            all.add(of("one router more", reason, routers));
        }
    }
}
