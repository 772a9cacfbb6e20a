package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.EndReason;
import dev.cortado.system.xen.lab.Polling;
import dev.cortado.system.xen.lab.Terminal;
import dev.cortado.system.xen.lab.XenHost;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What xl does with a domain that runs a program, seen from dom0. The system property {@code
 * cortado.xen.life} says which type of domain, default {@code pvh}; {@code cortado.xen.saves} how
 * many times one is saved and restored in a row.
 */
@EnabledIfSystemProperty(
        named = XenExtension.ALL,
        matches = "true",
        disabledReason = "takes eight minutes more; nine of nine were green when it was last run")
@ExtendWith(XenExtension.class)
final class XenLifeCycleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The domain's memory goes again as long as it is written: that may be five times. */
    private static final Duration MIGRATION = Duration.ofMinutes(8);

    private static final DomainType TYPE =
            DomainType.valueOf(
                    System.getProperty("cortado.xen.life", "pvh").toUpperCase(Locale.ROOT));
    private static final int SAVES =
            Integer.getInteger("cortado.xen.saves", XenExtension.LONG ? 20 : 2);
    private static final Pattern BEAT =
            Pattern.compile("beat (\\d+) after (\\d+) ms at (\\d+), (\\d+) checked, (\\d+) slept");

    private static Domain start(XenHost host, int cpus, String arguments) {
        return host.create(configuration(TYPE, cpus, arguments));
    }

    private static DomainConfiguration configuration(DomainType type, int cpus, String arguments) {
        return new DomainConfiguration(type, XenImages.programs(type))
                .cpus(cpus)
                .arguments(arguments);
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

    private static void awaitBeats(Domain domain, int more) {
        int wanted = beats(domain) + more;
        Polling.await(
                PATIENCE,
                () -> {
                    assertFalse(domain.console().contains("WRONG"), domain::console);
                    assertFalse(domain.console().contains("panic:"), domain::console);
                    return beats(domain) >= wanted;
                },
                () -> "no beats: " + domain.console());
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
    void shutdownRunsHooks(XenHost host) {
        Domain domain =
                host.create(configuration(TYPE, 2, "life").set("on_poweroff", "'preserve'"));
        awaitBeats(domain, 2);
        domain.xl("shutdown");
        domain.awaitConsole("hook: ", PATIENCE);
        assertEquals("143", exitCode(host, domain));
        domain.xl("destroy");
    }

    @Test
    void rebootStartsAgain(XenHost host) {
        Domain domain = host.create(configuration(TYPE, 1, "life").set("on_reboot", "'restart'"));
        awaitBeats(domain, 2);
        int first = domain.id();
        domain.xl("reboot");
        domain.awaitConsole("hook: ", PATIENCE);
        Polling.await(
                PATIENCE,
                () -> {
                    String console = domain.console();
                    return !host.run("xl domid guest").output().strip().equals("" + first)
                            && console.lastIndexOf("beat 1 ") != console.indexOf("beat 1 ");
                },
                () -> "not started again: " + domain.console());
        domain.xl("destroy");
    }

    @Test
    void pauseAndCrash(XenHost host) {
        Domain domain = start(host, 2, "life");
        awaitBeats(domain, 2);
        domain.xl("pause");
        // What it has written before is on the console when what another domain writes later is.
        runAnother(host, "one");
        int paused = beats(domain);
        runAnother(host, "two");
        assertEquals(paused, beats(domain));
        domain.xl("unpause");
        awaitBeats(domain, 4);
        domain.xl("sysrq", "d");
        domain.awaitConsole("\"main\"", PATIENCE);
        domain.xl("sysrq", "c");
        assertEquals(EndReason.CRASH, domain.awaitEnd(PATIENCE));
    }

    /** A domain that takes longer than some beats, from its start to its end. */
    private static void runAnother(XenHost host, String name) {
        Domain another = host.create(configuration(TYPE, 1, "processors").named(name));
        another.awaitConsole("1 processors", PATIENCE);
        assertEquals(EndReason.POWEROFF, another.awaitEnd(PATIENCE));
    }

    @Test
    void cpusComeAndGo(XenHost host) {
        Domain domain = start(host, 2, "life 3");
        awaitBeats(domain, 2);
        domain.xl("vcpu-set", "1");
        double[] before = {seconds(domain, 1)};
        Polling.await(
                PATIENCE,
                () -> {
                    double then = before[0];
                    awaitBeats(domain, 4);
                    before[0] = seconds(domain, 1);
                    return before[0] - then < 0.1;
                },
                () -> "the CPU has threads still: " + domain.xl("vcpu-list"));
        awaitBeats(domain, 8);
        assertTrue(seconds(domain, 1) - before[0] < 0.5, domain.xl("vcpu-list"));
        domain.xl("vcpu-set", "2");
        Polling.await(
                PATIENCE,
                () -> seconds(domain, 1) - before[0] > 0.5,
                () -> "the CPU has no threads: " + domain.xl("vcpu-list"));
        domain.xl("destroy");
    }

    /** CPU time that a virtual CPU has had. */
    private static double seconds(Domain domain, int cpu) {
        String[] line = domain.xl("vcpu-list").lines().skip(1 + cpu).findFirst().get().split(" +");
        return Double.parseDouble(line[5]);
    }

    @Test
    void memoryGoesAndComes(XenHost host) {
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

    private static void awaitMemory(Domain domain, int megabytes) {
        Polling.await(
                PATIENCE,
                () -> Math.abs(memory(domain) - megabytes) <= 1,
                () -> "not " + megabytes + " MB: " + domain.xl("list"));
    }

    @ParameterizedTest
    @EnumSource(DomainType.class)
    void savedAndRestoredUnderLoad(DomainType type, XenHost host) {
        Domain domain = host.create(configuration(type, 2, "life"));
        awaitBeats(domain, 2);
        for (int i = 0; i < SAVES; i++) {
            host.check("xl save guest /tmp/saved && xl restore /tmp/saved && rm /tmp/saved");
            awaitBeats(domain, 3);
        }
        // Xen follows what a PV domain writes by shadow page tables, without which it may be built.
        if (type != DomainType.PV || host.check("xl info virt_caps").contains("shadow")) {
            host.check("xl migrate -s '' guest 'xl migrate-receive'", MIGRATION);
            awaitBeats(domain, 3);
        }
        domain.xl("shutdown");
        // Dom0's console daemon takes from the ring first, and writes its log then.
        domain.awaitConsole("hook: ", PATIENCE);
    }
}
