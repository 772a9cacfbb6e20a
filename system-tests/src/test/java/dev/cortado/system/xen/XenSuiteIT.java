package dev.cortado.system.xen;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import dev.cortado.system.GuestSuite;
import dev.cortado.system.SuiteNodes;
import dev.cortado.system.report.ReportReader;
import dev.cortado.system.report.SuiteReport;
import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.Polling;
import dev.cortado.system.xen.lab.XenHost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of {@code dev.cortado.system.guest.suite} in domUs. System properties choose what is
 * run: {@code cortado.suite.xen}, default {@code pvh,pv}, and {@code cortado.suite.select} as in
 * GuestSuiteIT.
 */
@EnabledIfSystemProperty(named = XenExtension.ALL, matches = "true")
@ExtendWith(XenExtension.class)
final class XenSuiteIT {
    private static final int CPUS = Integer.getInteger("cortado.suite.xen.cpus", 2);
    private static final int MEMORY = 512;
    private static final Duration LONGEST = Duration.ofHours(1);

    /** What Xen has a part in: clocks, CPUs, interrupts, memory, messages. All in the long form. */
    private static final String SHORT =
            "ClockTest,SleepTest,ThreadStartTest,PreemptionTest,ProcessorsTest,FloatingPointTest,"
                    + "MonitorTest,ParkTest,EndpointTest,ChannelTest,NotificationTest,"
                    + "StandStillTest,KernelMemoryTest,GarbageCollectionTest,VirtualThreadTest";

    private static final String SELECTION =
            System.getProperty("cortado.suite.select", XenExtension.LONG ? "" : SHORT);

    @TestFactory
    Stream<DynamicContainer> suite(XenHost host) {
        return Arrays.stream(System.getProperty("cortado.suite.xen", "pvh,pv").split(","))
                .map(word -> DomainType.valueOf(word.toUpperCase(java.util.Locale.ROOT)))
                .map(type ->
                        dynamicContainer(
                                type + " x" + CPUS,
                                Stream.of(type)
                                        .map(one -> run(host, one))
                                        .flatMap(SuiteNodes::of)));
    }

    private static SuiteReport run(XenHost host, DomainType type) {
        String arguments = "-Dcortado.cpus=" + CPUS + " " + SELECTION.replace(',', ' ');
        DomainConfiguration configuration =
                new DomainConfiguration(type, XenImages.suite(type))
                        .named("suite-" + type)
                        .cpus(CPUS)
                        .memory(MEMORY)
                        .arguments(arguments.strip());
        return new Follower(host.create(configuration)).follow();
    }

    /** Reads a domain's console. */
    private static final class Follower {
        private final Domain domain;
        private final ReportReader reader = new ReportReader();
        private long lastRecord = System.nanoTime();
        private int seen;

        Follower(Domain domain) {
            this.domain = domain;
        }

        /** Until it has ended or has been silent for too long. */
        SuiteReport follow() {
            Polling.await(LONGEST, this::isOver, () -> "it has not ended: " + domain.console());
            String end =
                    isSilent()
                            ? "it had reported nothing for " + GuestSuite.PATIENCE
                            : "it has ended: " + domain.watcherLog();
            return reader.finish(end);
        }

        private boolean isOver() {
            boolean ended = domain.hasEnded(); // first: what it wrote before its end has come
            String console = domain.console();
            byte[] more = console.substring(seen).getBytes(StandardCharsets.ISO_8859_1);
            seen = console.length();
            if (reader.accept(more, more.length) > 0) {
                lastRecord = System.nanoTime();
            }
            return ended || isSilent();
        }

        private boolean isSilent() {
            return System.nanoTime() - lastRecord > GuestSuite.PATIENCE.toNanos();
        }
    }
}
