package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Cortado;
import dev.cortado.system.Program;
import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.EndReason;
import dev.cortado.system.xen.lab.XenHost;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image for Hyper-V in a domain for which Xen does what Hyper-V would. */
@ExtendWith(XenExtension.class)
@EnabledIfSystemProperty(
        named = "cortado.hypervisors",
        matches = "true",
        disabledReason = "an image of its own, which takes two minutes more")
final class ViridianIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Where dom0 finds what the domain writes to its serial port. */
    private static final String CONSOLE = "/tmp/serial";

    private static final String IMAGES = System.getProperty("cortado.xen.images");

    private static synchronized Path image() {
        Program probes = Program.probes();
        Path image = probes.imageFile("hyperv");
        return IMAGES == null
                ? Cortado.build(probes, image, "--target", "hyperv")
                : Path.of(IMAGES).resolve(image.getFileName());
    }

    /** With x2APIC, the CPU's own registers do what Hyper-V's would; without, those do. */
    @ParameterizedTest
    @CsvSource({
        "1, '', 'host,xsave=0', false, false",
        "1, 'base,time_ref_count,reference_tsc', 'host,xsave=0', true, false",
        "2, 'base,time_ref_count,reference_tsc', 'host,xsave=0,x2apic=0', true, true",
        "2, 'base,time_ref_count', 'host,xsave=0,x2apic=0', true, true"
    })
    void whatThereIsIsUsed(
            int cpus, String groups, String cpuid, boolean time, boolean interrupts, XenHost host) {
        DomainConfiguration configuration =
                new DomainConfiguration(DomainType.HVM, image())
                        .cpus(cpus)
                        .arguments("enlightenments")
                        .set("cpuid", "'" + cpuid + "'")
                        .set("serial", "'file:" + CONSOLE + "'");
        if (!groups.isEmpty()) {
            configuration.set("viridian", "['" + groups.replace(",", "','") + "']");
        }
        Domain domain = host.create(configuration);
        assertEquals(EndReason.POWEROFF, domain.awaitEnd(PATIENCE), () -> console(host));
        String console = console(host);
        assertTrue(console.contains("time: " + time + "\n"), console);
        // Xen's interrupt by messages only.
        assertTrue(console.contains("timers: false\n"), console);
        assertTrue(console.contains("interrupts: " + interrupts + "\n"), console);
        assertTrue(console.contains("right on " + cpus + " CPUs"), console);
    }

    private static String console(XenHost host) {
        return host.check("cat " + CONSOLE).replace("\r", "");
    }
}
