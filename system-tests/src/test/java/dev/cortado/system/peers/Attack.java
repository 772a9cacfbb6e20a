package dev.cortado.system.peers;

import dev.cortado.system.TapNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * A tool that attacks.
 *
 * @param seconds after which it is told to end, unless it has before
 * @param ends by itself, and well
 * @param reasons for which the guest drops what it sends; of one of them there have to be some
 */
record Attack(String name, int seconds, List<String> command, boolean ends, List<String> reasons) {
    private static final String HOST = TapNetwork.HOST;
    private static final String GUEST = TapNetwork.GUEST;
    private static final String GUEST6 = TapNetwork.GUEST6;
    private static final String TAP = TapNetwork.TAP;
    private static final int SECONDS = 4;

    /** Some have many things to try, one after the other. */
    private static final int MORE_SECONDS = 30;

    /** Python is slow to start, and slow. */
    private static final int SCAPY_SECONDS = 120;

    private static Attack of(String reasons, String... command) {
        List<String> words = List.of(command);
        String name = String.join(" ", words);
        List<String> split = reasons.isEmpty() ? List.of() : List.of(reasons.split(" "));
        return new Attack(name, SECONDS, words, false, split);
    }

    private Attack longer() {
        return new Attack(name, MORE_SECONDS, command, ends, reasons);
    }

    /** Of thc-ipv6. */
    static List<Attack> ofThcIpv6() {
        return List.of(
                of("NDP_IGNORED", "atk6-flood_router6", TAP),
                of("NDP_IGNORED", "atk6-flood_router26", TAP),
                of("NDP_IGNORED IP_SOURCE", "atk6-flood_advertise6", TAP, GUEST6),
                of("", "atk6-flood_solicitate6", TAP, GUEST6),
                of("NDP_IGNORED", "atk6-flood_rs6", TAP, GUEST6),
                of("ICMP_IGNORED", "atk6-flood_unreach6", TAP, GUEST6),
                of("IP_NOT_OURS", "atk6-flood_redir6", TAP, GUEST6),
                of("IP_NOT_OURS", "atk6-flood_mld6", TAP, GUEST6),
                of("IP_NOT_OURS", "atk6-flood_mld26", TAP, GUEST6),
                of("", "atk6-flood_dhcpc6", TAP),
                of("", "atk6-denial6", TAP, GUEST6, "1"),
                of("IP_EXTENSION", "atk6-denial6", TAP, GUEST6, "2"),
                of("IP_EXTENSION", "atk6-denial6", TAP, GUEST6, "3"),
                of("IP_EXTENSION", "atk6-denial6", TAP, GUEST6, "4"),
                of("IP_PROTOCOL_UNKNOWN", "atk6-denial6", TAP, GUEST6, "5"),
                of("FRAGMENT_MALFORMED", "atk6-denial6", TAP, GUEST6, "6"),
                of("", "atk6-denial6", TAP, GUEST6, "7"),
                of("", "atk6-dos-new-ip6", TAP),
                of("FRAGMENT_MALFORMED FRAGMENT_DUPLICATE", "atk6-exploit6", TAP, GUEST6).longer(),
                of("IP_EXTENSION", "atk6-implementation6", TAP, GUEST6).longer(),
                of("IP_EXTENSION", "atk6-firewall6", TAP, GUEST6, "8080").longer(),
                of("FRAGMENT_OVERLAP", "atk6-fragmentation6", TAP, GUEST6).longer(),
                of("FRAGMENT_OVERLAP", "atk6-fragmentation6", "-f", TAP, GUEST6, "6"),
                of("IP_SOURCE", "atk6-rsmurf6", TAP, GUEST6),
                of("IP_SOURCE", "atk6-smurf6", TAP, GUEST6),
                of("", "atk6-toobig6", TAP, "fd77::1", GUEST6, "48"),
                of("", "atk6-redir6", TAP, GUEST6, "fd88::1", "fe80::1", "fe80::2"),
                of("FRAME_SOURCE", "atk6-sendpees6", TAP, "1024", "fd77::", GUEST6),
                of("", "atk6-ndpexhaust26", TAP, "fd77::"),
                of("", "atk6-fuzz_ip6", "-x", "-1", "-3", "-4", "-5", "-6", TAP, GUEST6),
                of("IP_EXTENSION", "atk6-fuzz_ip6", "-F", "-H", "-D", "-S", TAP, GUEST6),
                of("TCP_NO_CONNECTION", "atk6-thcsyn6", TAP, GUEST6, "8080"),
                of("ICMP_IGNORED", "atk6-randicmp6", TAP, GUEST6),
                of("", "atk6-fake_advertise6", TAP, GUEST6));
    }

    /** Of hping3: as much as goes over the wire. */
    static List<Attack> ofHping() {
        return List.of(
                flood("", "-S", "-p", "8080", "--rand-source"),
                flood("TCP_NO_CONNECTION", "-A", "-p", "8080", "--rand-source"),
                flood("TCP_NOT_ACCEPTABLE", "-F", "-U", "-P", "-p", "8080"),
                flood("", "-S", "-p", "8080"),
                flood("", "-1"),
                flood("", "-1", "-d", "3000"),
                flood("UDP_NO_PORT", "-2", "-p", "9"),
                flood("FRAGMENT_MALFORMED", "-2", "-x", "-d", "100", "-p", "9", "--rand-source"));
    }

    private static Attack flood(String reasons, String... options) {
        Attack some = of(reasons, options);
        List<String> words = new ArrayList<>(List.of("hping3", "--flood", "-q"));
        words.addAll(some.command);
        words.add(GUEST);
        return new Attack("hping3 " + some.name, SECONDS, words, false, some.reasons);
    }

    /** Of scapy: those that have names, and what comes of chance. */
    static List<Attack> ofScapy() {
        String ip = "IP(dst='" + GUEST + "'";
        String lost = "IP(src='10.77.0.66',dst='" + GUEST + "'";
        return List.of(
                scapy(
                        "teardrop",
                        "FRAGMENT_OVERLAP",
                        "send([p for i in range(300) for p in ("
                                + ip
                                + ",id=i,flags='MF',proto=17)/Raw(b'x'*56),"
                                + ip
                                + ",id=i,frag=3,proto=17)/Raw(b'y'*20))])"),
                scapy(
                        "ping of death",
                        "FRAGMENT_MALFORMED",
                        "send(fragment("
                                + ip
                                + ",id=9)/ICMP()/Raw(b'x'*65400)));"
                                + "send(["
                                + ip
                                + ",id=9,frag=8185,proto=1)/Raw(b'x'*1400)]*50)"),
                scapy(
                        "halves",
                        "FRAGMENT_LIMIT",
                        "send(["
                                + lost
                                + ",id=i,flags='MF',frag=1+i%90,proto=17)/Raw(b'x'*1400)"
                                + " for i in range(2000)])"),
                scapy(
                        "land",
                        "IP_SOURCE",
                        "send([IP(src='"
                                + GUEST
                                + "',dst='"
                                + GUEST
                                + "')"
                                + "/TCP(sport=8080,dport=8080,flags='S')]*500)"),
                scapy(
                        "xmas and null",
                        "TCP_NO_CONNECTION TCP_NOT_ACCEPTABLE",
                        "send(["
                                + ip
                                + ")/TCP(sport=RandShort(),dport=8080,flags=f)"
                                + " for f in range(256)]*4)"),
                scapy(
                        "options of TCP",
                        "TCP_MALFORMED",
                        "send(["
                                + ip
                                + ")/TCP(sport=2000+i,dport=8080,flags='S',"
                                + "options=[(i,bytes([i%40])*(i%36))]) for i in range(2,250)]);"
                                + "send(["
                                + ip
                                + ")/TCP(sport=3000+i,dport=8080,flags='S',"
                                + "dataofs=i%16) for i in range(500)])"),
                scapy(
                        "options of IP",
                        "IP_OPTIONS",
                        "send(["
                                + ip
                                + ",options=IPOption_LSRR(routers=['"
                                + HOST
                                + "']))/ICMP(),"
                                + ip
                                + ",options=IPOption_SSRR(routers=['"
                                + HOST
                                + "']))/ICMP(),"
                                + ip
                                + ",options=IPOption(b'\\x44\\x00\\x00\\x00'))/ICMP(),"
                                + ip
                                + ",options=IPOption(b'\\x07\\x27\\x04'))/ICMP()]*100)"),
                scapy(
                        "ICMP redirects",
                        "ICMP_IGNORED",
                        "send(["
                                + ip
                                + ",src='"
                                + HOST
                                + "')/ICMP(type=5,code=1,gw='10.77.0.66')"
                                + "/IP(src='"
                                + GUEST
                                + "',dst='"
                                + HOST
                                + "')"
                                + "/TCP(sport=8080,dport=i) for i in range(1,500)])"),
                scapy(
                        "ARP spoofing",
                        "ARP_CONFLICT",
                        "sendp([p for i in range(200) for p in ("
                                + arp("op=2,psrc='" + HOST + "'")
                                + ","
                                + arp("op=1,psrc='" + HOST + "'")
                                + ","
                                + arp("op=2,psrc='" + GUEST + "'")
                                + ")],iface='tap0')"),
                scapy(
                        "ARP flood",
                        "NEIGHBOUR_TABLE_FULL ARP_UNASKED ARP_NOT_FOR_US",
                        "sendp(["
                                + arp("op=1+i%2,psrc='10.77.0.%d'%(3+i%250)")
                                + " for i in range(3000)],iface='tap0')"),
                scapy("fuzzed TCP", "", "send(fuzz(" + ip + ")/TCP()),count=2000)"),
                scapy("fuzzed UDP", "", "send(fuzz(" + ip + ")/UDP()),count=2000)"),
                scapy("fuzzed ICMP", "", "send(fuzz(" + ip + ")/ICMP()),count=2000)"),
                scapy(
                        "fuzzed IPv6",
                        "",
                        "sendp([Ether(dst='"
                                + Guest.MAC
                                + "')/fuzz(IPv6(dst='"
                                + GUEST6
                                + "')/TCP()) for i in range(2000)],iface='tap0')"));
    }

    private static String arp(String fields) {
        return "Ether(dst='"
                + Guest.MAC
                + "',src='"
                + FrameBytes.LIAR
                + "')/ARP(pdst='"
                + GUEST
                + "',hwsrc='"
                + FrameBytes.LIAR
                + "',hwdst='"
                + Guest.MAC
                + "',"
                + fields
                + ")";
    }

    /** A little program of chance that begins at the same place each time. */
    private static Attack scapy(String name, String reasons, String program) {
        String python =
                "from scapy.all import *; import random; random.seed(1); conf.verb=0; " + program;
        Attack attack = of(reasons, "/usr/bin/python3", "-c", python);
        return new Attack("scapy: " + name, SCAPY_SECONDS, attack.command, true, attack.reasons);
    }
}
