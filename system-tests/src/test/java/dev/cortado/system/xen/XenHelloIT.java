package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cortado.system.Program;
import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.EndReason;
import dev.cortado.system.xen.lab.XenHost;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** examples/hello and examples/tour as domUs of each type: on the console is what HotSpot shows. */
@ExtendWith(XenExtension.class)
final class XenHelloIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @ParameterizedTest
    @CsvSource({"PVH, 1, 28", "PVH, 40, 256", "PV, 1, 28", "PV, 4, 128"})
    void helloSaysHello(DomainType type, int cpus, int megabytes, XenHost host) {
        DomainConfiguration hello = new DomainConfiguration(type, XenImages.examples(type));
        Domain domain = host.create(hello.cpus(cpus).memory(megabytes).arguments("hello"));
        ends(domain);
        // Not the same as on HotSpot: it tells the system's name.
        assertEquals("Hello from Cortado", domain.console().lines().findFirst().orElse(""));
        assertEquals(2, domain.console().lines().count(), domain.console());
    }

    @ParameterizedTest
    @CsvSource({"PVH, 2", "PV, 2"})
    void tourIsTheSameAsOnHotSpot(DomainType type, int cpus, XenHost host) {
        DomainConfiguration tour = new DomainConfiguration(type, XenImages.examples(type));
        Domain domain = host.create(tour.cpus(cpus).arguments("tour"));
        ends(domain);
        assertEquals(Program.tour().onHotSpot("").console(), withoutLauncher(domain.console()));
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = XenExtension.ALL, matches = "true")
    @CsvSource({"1, 32", "2, 128"})
    void helloSaysHelloFromADisk(int cpus, int megabytes, XenHost host) {
        helloSaysHello(DomainType.HVM, cpus, megabytes, host);
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = XenExtension.ALL, matches = "true")
    @ValueSource(ints = {1, 2})
    void tourFromADiskIsTheSameAsOnHotSpot(int cpus, XenHost host) {
        tourIsTheSameAsOnHotSpot(DomainType.HVM, cpus, host);
    }

    /** Takes three frames out of stack traces: here, the tour is called by another program. */
    private static String withoutLauncher(String console) {
        String callers =
                "\tat java.base/java.lang.reflect.Method.invoke\\(.*\n"
                        + "(\tat dev.cortado.system.guest.launcher.Examples.*\n){2}";
        return Pattern.compile("\\.\\.\\. (\\d+) more")
                .matcher(console.replaceAll(callers, ""))
                .replaceAll(more -> "... %d more".formatted(Integer.parseInt(more.group(1)) - 3));
    }

    private static void ends(Domain domain) {
        assertEquals(EndReason.POWEROFF, domain.awaitEnd(PATIENCE), domain::console);
        assertFalse(domain.exists());
    }
}
