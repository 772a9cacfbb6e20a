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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** examples/hello and examples/tour as domUs of each type: on the console is what HotSpot shows. */
@ExtendWith(XenExtension.class)
final class XenHelloIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @ParameterizedTest
    @CsvSource({
        "PVH, 1, 32",
        "PVH, 40, 256",
        "PV, 1, 32",
        "PV, 4, 128",
        "HVM, 1, 40",
        "HVM, 2, 128"
    })
    void helloSaysHello(DomainType type, int cpus, int megabytes, XenHost host) {
        DomainConfiguration hello = new DomainConfiguration(type, XenImages.programs(type));
        Domain domain = host.create(hello.cpus(cpus).memory(megabytes).arguments("hello"));
        ends(domain);
        // Not the same as on HotSpot: it tells the system's name.
        assertEquals("Hello from Cortado", domain.console().lines().findFirst().orElse(""));
        assertEquals(2, domain.console().lines().count(), domain.console());
    }

    @ParameterizedTest
    @CsvSource({"PVH, 2", "PV, 2", "HVM, 1", "HVM, 2"})
    void tourIsTheSameAsOnHotSpot(DomainType type, int cpus, XenHost host) {
        DomainConfiguration tour = new DomainConfiguration(type, XenImages.programs(type));
        Domain domain = host.create(tour.cpus(cpus).arguments("tour"));
        ends(domain);
        assertEquals(
                Program.tour().onHotSpot("").console(), Program.withoutLauncher(domain.console()));
    }

    @ParameterizedTest
    @EnumSource
    void variablesAreWordsOfTheCommandLine(DomainType type, XenHost host) {
        DomainConfiguration probe = new DomainConfiguration(type, XenImages.programs(type));
        Domain domain =
                host.create(
                        probe.arguments("cortado.env=A=\"b=c  d\" cortado.env=E= -- environment"));
        ends(domain);
        assertEquals("A [b=c  d]\nE []\n", domain.console().replace("\r", ""));
    }

    private static void ends(Domain domain) {
        assertEquals(EndReason.POWEROFF, domain.awaitEnd(PATIENCE), domain::console);
        assertFalse(domain.exists());
    }
}
