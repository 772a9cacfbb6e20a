package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.xen.RunConfiguration;
import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.Terminal;
import dev.cortado.system.xen.lab.XenHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What {@code cortado run --on xen} does, command by command, in a dom0 that has no JVM; with Linux
 * as the guest.
 */
@ExtendWith(XenExtension.class)
final class RunOnXenIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NAME = "cortado-1-guest.elf";

    @Test
    void aDomainIsCreatedWatchedTypedToAndDestroyed(XenHost host) {
        String configuration =
                new RunConfiguration(
                                NAME,
                                Target.XEN_PVH,
                                Path.of("/lab/vmlinux"),
                                128,
                                1,
                                List.of(),
                                "console=hvc0 \"a b\"")
                        .render();
        String more = "ramdisk = '/lab/linux.cpio'\ntsc_mode = 'native'\n";
        host.check("cat > /tmp/domain.cfg <<'END'\n" + configuration + more + "END\n");
        Domain domain = host.domain(NAME);
        try (Terminal watcher = host.open("xl create -F -p /tmp/domain.cfg 2>&1")) {
            watcher.await("Waiting for domain " + NAME + " (domid ", PATIENCE);
            int id = Integer.parseInt(watcher.await(")", PATIENCE).replace(")", ""));
            assertEquals(id, domain.id());
            String tty = host.check("xenstore-read /local/domain/%d/console/tty".formatted(id));
            tty = tty.strip();
            try (Terminal console = host.open("cat " + tty)) {
                host.check("xl unpause " + id);
                console.await("domU: Linux as PVH", PATIENCE);
                host.check("printf 'cat /proc/cmdline; exit\\n' > " + tty);
                console.await("\"a b\"", PATIENCE);
                watcher.await("has shut down, reason code 0", PATIENCE);
                assertTrue(domain.exists(), "it is preserved");
                host.check("xenstore-ls /local/domain/%d/data".formatted(id));
                host.check("xl destroy " + NAME);
                assertFalse(domain.exists());
            }
        }
    }
}
