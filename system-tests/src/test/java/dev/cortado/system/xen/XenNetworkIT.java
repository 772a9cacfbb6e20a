package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.EndReason;
import dev.cortado.system.xen.lab.Polling;
import dev.cortado.system.xen.lab.Terminal;
import dev.cortado.system.xen.lab.XenHost;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A domU on a bridge of dom0's, seen from dom0. The system property {@code cortado.xen.life} says
 * which type of domain is saved and loses its device, default {@code pvh}.
 */
@ExtendWith(XenExtension.class)
final class XenNetworkIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final DomainType TYPE =
            DomainType.valueOf(
                    System.getProperty("cortado.xen.life", "pvh").toUpperCase(Locale.ROOT));
    private static final String ADDRESS = "10.0.3.50";
    private static final String VIF = "bridge=xenbr0,mac=00:16:3e:00:00:07,type=vif";

    /**
     * A bridge of its own for what is away for a while: on xenbr0 its packets would go to QEMU's
     * network then, which ends connections that it does not know.
     */
    private static final String OWN_VIF = VIF.replace("xenbr0", "own0");

    private static final String OWN_BRIDGE =
            "ifconfig own0 >/dev/null 2>&1 || { brctl addbr own0 &&"
                    + " ifconfig own0 10.0.3.1 netmask 255.255.255.0 up; }";

    private static final int BODY = 3_000_000;
    private static final int LINES = 200_000;
    private static final Pattern LEASE = Pattern.compile("eth0 (10\\.0\\.2\\.\\d+)/24 .*DHCP");
    private static final Pattern LINK_LOCAL = Pattern.compile("eth0 (fe80::[0-9a-f:]+)/64");

    private static Domain start(XenHost host, DomainType type, String vif) {
        Domain guest =
                host.create(
                        new DomainConfiguration(type, XenImages.programs(type))
                                .memory(128)
                                .cpus(2)
                                .set("vif", "['" + vif + "']")
                                .arguments("xen network"));
        guest.awaitConsole("serving", PATIENCE);
        return guest;
    }

    private static String match(Domain guest, Pattern pattern) {
        Polling.await(PATIENCE, () -> pattern.matcher(guest.console()).find(), guest::console);
        return pattern.matcher(guest.console())
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static void ping(XenHost host, String address) {
        String all = host.check("ping -c 20 -i 0.1 -s 1400 " + address);
        assertTrue(all.contains(" 0% packet loss"), all);
    }

    @ParameterizedTest
    @EnumSource(DomainType.class)
    void everythingGoesBothWays(DomainType type, XenHost host) throws Exception {
        Domain guest = start(host, type, VIF);
        String address = match(guest, LEASE);
        ping(host, address);
        ping(host, "-6 -I xenbr0 " + match(guest, LINK_LOCAL));
        String body = host.check("wget -q -O - http://%s/%d | md5sum".formatted(address, BODY));
        assertEquals(digest(), body.split(" ")[0]);
        String counted = host.check("seq 1 %d | nc -w 60 %s 8".formatted(LINES, address));
        assertEquals(counted(), counted.strip());
        host.check("echo end | nc -w 3 %s 9".formatted(address));
        assertEquals(EndReason.POWEROFF, guest.awaitEnd(PATIENCE), guest::console);
    }

    /** What the guest sends, as one segment after the other and cut by dom0. */
    private static String digest() throws Exception {
        byte[] bytes = new byte[BODY];
        for (int i = 0; i < BODY; i++) {
            bytes[i] = (byte) (i * 31 >>> 3);
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    }

    /** What dom0 sends, whose sums nobody has made. */
    private static String counted() {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(1, LINES).forEach(i -> text.append(i).append('\n'));
        CRC32 sum = new CRC32();
        sum.update(text.toString().getBytes(StandardCharsets.US_ASCII));
        return "%d bytes, CRC %x".formatted(text.length(), sum.getValue());
    }

    @Test
    void aConnectionOutlivesSavesAndRestores(XenHost host) {
        host.check(OWN_BRIDGE);
        Domain guest = start(host, TYPE, OWN_VIF + ",ip=" + ADDRESS + "/24");
        guest.awaitConsole("eth0 " + ADDRESS + "/24 (host)", PATIENCE);
        try (Terminal connection = host.open("nc " + ADDRESS + " 9")) {
            say(connection, "before");
            for (int i = 1; i <= 3; i++) {
                host.check("xl save guest /tmp/saved && xl restore /tmp/saved && rm /tmp/saved");
                say(connection, "after save " + i);
            }
            ping(host, ADDRESS);
            say(connection, "end");
        }
        assertEquals(EndReason.POWEROFF, guest.awaitEnd(PATIENCE), guest::console);
    }

    private static void say(Terminal connection, String line) {
        connection.type(line + "\n");
        connection.await("you say " + line, PATIENCE);
    }

    @Test
    void aDeviceGoesAndComesAndAnotherOneToo(XenHost host) {
        host.check(OWN_BRIDGE);
        String vif = OWN_VIF + ",ip=" + ADDRESS + "/24";
        Domain guest = start(host, TYPE, vif);
        try (Terminal connection = host.open("nc " + ADDRESS + " 9")) {
            say(connection, "before");
            for (int i = 1; i <= 3; i++) {
                guest.xl("network-detach", "0");
                guest.xl("network-attach", vif.replace(',', ' '));
                say(connection, "after " + i);
            }
            guest.xl("network-attach", "bridge=own0 type=vif ip=10.0.3.51/24");
            guest.awaitConsole("eth1 10.0.3.51/24 (host)", PATIENCE);
            ping(host, "10.0.3.51");
            guest.xl("network-detach", "1");
            say(connection, "end");
        }
        assertEquals(EndReason.POWEROFF, guest.awaitEnd(PATIENCE), guest::console);
    }
}
