package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.EndReason;
import dev.cortado.system.xen.lab.XenHost;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Domains that use xenstore, and that talk to each other, on real Xen. */
@ExtendWith(XenExtension.class)
final class XenDomainsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int MESSAGES = XenExtension.LONG ? 1_000_000 : 100_000;
    private static final int CALLS = XenExtension.LONG ? 20_000 : 2_000;
    private static final Pattern EXCEPTION = Pattern.compile("exception after (\\d+) ms: .*closed");

    private static DomainConfiguration guest(String name, String arguments) {
        return new DomainConfiguration(DomainType.PVH, XenImages.programs(DomainType.PVH))
                .named(name)
                .memory(64)
                .arguments("xen " + arguments);
    }

    @Test
    void aDomainUsesItsPartOfXenstore(XenHost host) {
        Domain guest = host.create(guest("store", "store"));
        guest.awaitConsole("waiting", PATIENCE);
        String home = "/local/domain/" + guest.id() + "/data/";
        assertEquals("written by the guest\n", host.check("xenstore-read " + home + "text"));
        String console = guest.console();
        assertTrue(console.contains("domain " + guest.id() + "\n"), console);
        assertTrue(console.contains("xenstore: WRITE /local/domain/0/name: EACCES"), console);
        assertTrue(console.contains("xenstore: READ data/nothing: ENOENT"), console);
        assertTrue(console.contains("counted to 200\n"), console);
        host.check(
                "xenstore-write $(for i in $(seq 1000 1599); do echo %sfrom-dom0/a-long-name-$i x; done)"
                        .formatted(home));
        host.check("xenstore-write %sfrom-dom0 hello".formatted(home));
        guest.awaitConsole("dom0 says hello and has 600 nodes", PATIENCE);
        host.check("xenstore-write %sfrom-dom0 end".formatted(home));
        assertEquals(EndReason.POWEROFF, guest.awaitEnd(PATIENCE));
    }

    @Test
    void twoDomainsExchangeMessages(XenHost host) {
        Domain client = host.create(guest("client", "client " + MESSAGES + " " + CALLS));
        client.awaitConsole("client as domain", PATIENCE);
        for (int round = 1; round <= 2; round++) {
            Domain service = host.create(guest("service" + round, "service " + client.id()));
            service.awaitConsole("serving as domain", PATIENCE);
            host.check(
                    "xenstore-write /local/domain/%d/data/peer %d"
                            .formatted(client.id(), service.id()));
            client.awaitConsole("connected to domain " + service.id(), PATIENCE);
            String console = client.console();
            assertEquals(round, count(console, "messages " + MESSAGES + " right"), console);
            assertEquals(round, count(console, "calls " + CALLS + " right"), console);
            service.xl("destroy");
            int expected = round;
            client.awaitConsole("exception after", PATIENCE);
            assertEquals(expected, exceptions(client), client.console());
        }
    }

    @Test
    void aProgramOfLibxenvchanConnectsToADomain(XenHost host) {
        Domain guest = host.create(guest("vchan", "vchan-server"));
        guest.awaitConsole("waiting for a client", PATIENCE);
        String path = "/local/domain/" + guest.id() + "/data/vchan/cortado";
        host.check(echo("client", guest, path));
        bytesComeBack(guest);
    }

    @Test
    void aDomainConnectsToAProgramOfLibxenvchan(XenHost host) {
        Domain guest = host.createPaused(guest("vchan", "vchan-client"));
        host.check(echo("server", guest, "data/vchan/dom0"));
        host.check("until xenstore-exists data/vchan/dom0/event-channel; do usleep 50000; done");
        guest.xl("unpause");
        bytesComeBack(guest);
    }

    /** A command for dom0's shell: a program that sends back whatever it gets, until the end. */
    private static String echo(String mode, Domain guest, String path) {
        return "(rm -f /tmp/echo; mkfifo /tmp/echo; %s -m %s %d %s - < /tmp/echo | cat > /tmp/echo) > /dev/null 2>&1 &"
                .formatted("/usr/lib/xen/bin/vchan-socket-proxy", mode, guest.id(), path);
    }

    private static void bytesComeBack(Domain guest) {
        assertEquals(EndReason.POWEROFF, guest.awaitEnd(PATIENCE), guest::console);
        String console = guest.console();
        assertTrue(console.contains("vchan: 1048576 bytes back, right"), console);
    }

    /** How many there were, each of which came within a second. */
    private static int exceptions(Domain client) {
        int count = 0;
        Matcher matcher = EXCEPTION.matcher(client.console());
        while (matcher.find()) {
            assertTrue(Integer.parseInt(matcher.group(1)) < 1000, client.console());
            count++;
        }
        return count;
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
