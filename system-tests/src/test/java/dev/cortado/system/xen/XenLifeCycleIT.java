package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.EndReason;
import dev.cortado.system.xen.lab.Terminal;
import dev.cortado.system.xen.lab.XenHost;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What xl does with a domain that runs a program, seen from dom0. The system property {@code
 * cortado.xen.life} says which type of domain, default {@code pvh}; {@code cortado.xen.saves} how
 * many times one is saved and restored in a row, default 20.
 */
@EnabledIfSystemProperty(named = XenExtension.LONG, matches = "true")
@ExtendWith(XenExtension.class)
final class XenLifeCycleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The domain's memory goes again as long as it is written: that may be five times. */
    private static final Duration MIGRATION = Duration.ofMinutes(8);

    private static final DomainType TYPE =
            DomainType.valueOf(
                    System.getProperty("cortado.xen.life", "pvh").toUpperCase(Locale.ROOT));
    private static final int SAVES = Integer.getInteger("cortado.xen.saves", 20);
    private static final Pattern BEAT =
            Pattern.compile("beat (\\d+) after (\\d+) ms at (\\d+), (\\d+) checked, (\\d+) slept");

    private static Domain start(XenHost host, int cpus, String arguments) {
        DomainConfiguration configuration =
                new DomainConfiguration(TYPE, XenImages.programs(TYPE))
                        .cpus(cpus)
                        .arguments(arguments);
        return host.create(configuration);
    }

    private static String exitCode(XenHost host, Domain domain) {
        int id = domain.id();
        return host.check("xenstore-read /local/domain/" + id + "/data/cortado/exit-code").strip();
    }

    /** How many beats the console shows, the clock of the last being right. */
    private static int beats(Domain domain) {
        Matcher matcher = BEAT.matcher(domain.console());
        int beats = 0;
        long time = 0;
        long slept = 0;
        while (matcher.find()) {
            assertTrue(Integer.parseInt(matcher.group(1)) > beats || beats == 0);
            beats = Integer.parseInt(matcher.group(1));
            time = Long.parseLong(matcher.group(3));
            assertTrue(Long.parseLong(matcher.group(5)) >= slept);
            slept = Long.parseLong(matcher.group(5));
        }
        assertTrue(
                Math.abs(System.currentTimeMillis() - time) < 30_000 || beats == 0,
                "the clock is wrong: " + time);
        return beats;
    }

    private static void awaitBeats(Domain domain, int more) throws InterruptedException {
        int wanted = beats(domain) + more;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (beats(domain) < wanted) {
            assertFalse(domain.console().contains("WRONG"), domain.console());
            assertFalse(domain.console().contains("panic:"), domain.console());
            assertTrue(System.nanoTime() < end, "no beats: " + domain.console());
            Thread.sleep(200);
        }
    }

    @Test
    void linesAreAnswered(XenHost host) {
        Domain domain = start(host, 1, "lines");
        try (Terminal terminal = domain.terminal()) {
            terminal.await("type", PATIENCE);
            terminal.type("hello\r");
            terminal.await("answer: olleh", PATIENCE);
            terminal.type("end\r");
            terminal.await("ended", PATIENCE);
        }
        assertEquals(EndReason.POWEROFF, domain.awaitEnd(PATIENCE));
    }

    @Test
    void shutdownRunsHooks(XenHost host) throws InterruptedException {
        DomainConfiguration configuration =
                new DomainConfiguration(TYPE, XenImages.programs(TYPE))
                        .cpus(2)
                        .arguments("life")
                        .set("on_poweroff", "'preserve'");
        Domain domain = host.create(configuration);
        awaitBeats(domain, 2);
        domain.xl("shutdown", "-w");
        domain.awaitConsole("hook: ", PATIENCE);
        assertEquals("143", exitCode(host, domain));
        domain.xl("destroy");
    }

    @Test
    void rebootStartsAgain(XenHost host) throws InterruptedException {
        DomainConfiguration configuration =
                new DomainConfiguration(TYPE, XenImages.programs(TYPE))
                        .cpus(1)
                        .arguments("life")
                        .set("on_reboot", "'restart'");
        Domain domain = host.create(configuration);
        awaitBeats(domain, 2);
        int first = domain.id();
        domain.xl("reboot");
        domain.awaitConsole("hook: ", PATIENCE);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (host.run("xl domid guest").output().strip().equals("" + first)
                || domain.console().lastIndexOf("beat 1 ") == domain.console().indexOf("beat 1 ")) {
            assertTrue(System.nanoTime() < end, "not started again: " + domain.console());
            Thread.sleep(200);
        }
        domain.xl("destroy");
    }

    @Test
    void pauseAndCrash(XenHost host) throws InterruptedException {
        Domain domain = start(host, 2, "life");
        awaitBeats(domain, 2);
        domain.xl("pause");
        Thread.sleep(2000);
        int paused = beats(domain);
        Thread.sleep(2000);
        assertEquals(paused, beats(domain));
        domain.xl("unpause");
        awaitBeats(domain, 4);
        domain.xl("sysrq", "d");
        domain.awaitConsole("\"main\"", PATIENCE);
        domain.xl("sysrq", "c");
        assertEquals(EndReason.CRASH, domain.awaitEnd(PATIENCE));
    }

    @Test
    void cpusComeAndGo(XenHost host) throws InterruptedException {
        Domain domain = start(host, 2, "life 3");
        awaitBeats(domain, 2);
        domain.xl("vcpu-set", "1");
        Thread.sleep(1000);
        double before = seconds(domain, 1);
        awaitBeats(domain, 8);
        assertTrue(seconds(domain, 1) - before < 0.5, domain.xl("vcpu-list"));
        domain.xl("vcpu-set", "2");
        awaitBeats(domain, 16);
        assertTrue(seconds(domain, 1) - before > 0.5, domain.xl("vcpu-list"));
        domain.xl("destroy");
    }

    /** CPU time that a virtual CPU has had. */
    private static double seconds(Domain domain, int cpu) {
        String[] line = domain.xl("vcpu-list").lines().skip(1 + cpu).findFirst().get().split(" +");
        return Double.parseDouble(line[5]);
    }

    @Test
    void memoryGoesAndComes(XenHost host) throws InterruptedException {
        Domain domain = start(host, 1, "life 1");
        awaitBeats(domain, 2);
        assertEquals(128, memory(domain));
        domain.xl("mem-set", "80");
        awaitMemory(domain, 80);
        awaitBeats(domain, 4);
        domain.xl("mem-set", "128");
        awaitMemory(domain, 128);
        // Less than it needs: it keeps that, and goes on.
        domain.xl("mem-set", "8");
        awaitBeats(domain, 8);
        assertTrue(memory(domain) > 12 && memory(domain) < 100, domain.xl("list"));
        domain.xl("mem-set", "128");
        awaitMemory(domain, 128);
        awaitBeats(domain, 2);
        domain.xl("destroy");
    }

    private static int memory(Domain domain) {
        String[] line = domain.xl("list").lines().skip(1).findFirst().get().split(" +");
        return Integer.parseInt(line[2]);
    }

    private static void awaitMemory(Domain domain, int megabytes) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Math.abs(memory(domain) - megabytes) > 1) {
            assertTrue(System.nanoTime() < end, domain.xl("list"));
            Thread.sleep(200);
        }
    }

    @Test
    void savedAndRestoredUnderLoad(XenHost host) throws InterruptedException {
        Domain domain = start(host, 2, "life");
        awaitBeats(domain, 2);
        for (int i = 0; i < SAVES; i++) {
            host.check("xl save guest /tmp/saved && xl restore /tmp/saved && rm /tmp/saved");
            awaitBeats(domain, 3);
        }
        // Xen follows what a PV domain writes by shadow page tables, without which it may be built.
        if (TYPE != DomainType.PV || host.check("xl info virt_caps").contains("shadow")) {
            host.check("xl migrate -s '' guest 'xl migrate-receive'", MIGRATION);
            awaitBeats(domain, 3);
        }
        domain.xl("shutdown", "-w");
        // Dom0's console daemon takes from the ring first, and writes its log then.
        domain.awaitConsole("hook: ", PATIENCE);
    }
}
