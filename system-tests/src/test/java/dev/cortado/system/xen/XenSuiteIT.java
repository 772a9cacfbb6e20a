package dev.cortado.system.xen;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import dev.cortado.system.GuestSuite;
import dev.cortado.system.SuiteNodes;
import dev.cortado.system.report.ReportReader;
import dev.cortado.system.report.SuiteReport;
import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.XenHost;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The tests of {@code dev.cortado.system.guest.suite} in domUs. System properties choose what is
 * run: {@code cortado.suite.xen}, default {@code pvh,pv}, and {@code cortado.suite.select} as in
 * GuestSuiteIT.
 */
@EnabledIfSystemProperty(named = XenExtension.LONG, matches = "true")
final class XenSuiteIT {
    private static final int CPUS = Integer.getInteger("cortado.suite.xen.cpus", 2);
    private static final int MEMORY = 512;
    private static final String SELECTION = System.getProperty("cortado.suite.select", "");

    @TestFactory
    Stream<DynamicContainer> suite() {
        return Arrays.stream(System.getProperty("cortado.suite.xen", "pvh,pv").split(","))
                .map(word -> DomainType.valueOf(word.toUpperCase(java.util.Locale.ROOT)))
                .map(type ->
                        dynamicContainer(
                                type + " x" + CPUS,
                                Stream.of(type).map(XenSuiteIT::run).flatMap(SuiteNodes::of)));
    }

    private static SuiteReport run(DomainType type) {
        String arguments = "suite -Dcortado.cpus=" + CPUS + " " + SELECTION.replace(',', ' ');
        DomainConfiguration configuration =
                new DomainConfiguration(type, XenImages.programs(type))
                        .cpus(CPUS)
                        .memory(MEMORY)
                        .arguments(arguments.strip());
        try (XenHost host = XenExtension.lab().start()) {
            ReportReader reader = new ReportReader();
            return reader.finish(follow(host.create(configuration), reader));
        }
    }

    /** Reads its console until it has ended or has been silent for too long; says which. */
    private static String follow(Domain domain, ReportReader reader) {
        int seen = 0;
        long lastRecord = System.nanoTime();
        boolean alive = true;
        while (alive) {
            alive = !domain.hasEnded();
            String console = domain.console();
            byte[] more = console.substring(seen).getBytes(StandardCharsets.ISO_8859_1);
            seen = console.length();
            if (reader.accept(more, more.length) > 0) {
                lastRecord = System.nanoTime();
            } else if (System.nanoTime() - lastRecord > GuestSuite.PATIENCE.toNanos()) {
                return "it had reported nothing for " + GuestSuite.PATIENCE;
            }
            sleep();
        }
        return "it has ended: " + domain.watcherLog();
    }

    private static void sleep() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
