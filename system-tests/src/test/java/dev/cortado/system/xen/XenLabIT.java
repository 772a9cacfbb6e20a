package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.xen.lab.CommandResult;
import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.EndReason;
import dev.cortado.system.xen.lab.Terminal;
import dev.cortado.system.xen.lab.XenHost;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lab itself. */
@ExtendWith(XenExtension.class)
final class XenLabIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void commandsInDom0HaveOutputAndExitCode(XenHost host) {
        assertEquals(new CommandResult(0, "one\ntwo\n"), host.run("echo one; echo two >&2"));
        assertEquals(
                new CommandResult(7, "caf\u00e9 \0"), host.run("printf 'caf\u00e9 \\0'; exit 7"));
        assertEquals(
                "value\n", host.check("xenstore-write /tool/test value; xenstore-read /tool/test"));
        assertEquals(300_000, host.check("head -c 300000 /dev/zero | tr '\\0' x").length());
    }

    @Test
    void commandsInDom0AreTypedTo(XenHost host) {
        try (Terminal terminal = host.open("while read -r line; do echo \"heard $line\"; done")) {
            terminal.type("one\n");
            assertEquals("heard one\n", terminal.await("\n", PATIENCE));
            terminal.type("two\n");
            assertEquals("heard two\n", terminal.await("\n", PATIENCE));
        }
    }

    /** A guest that is known to do what a guest of Xen has to do. */
    @Test
    void linuxIsTypedToSavedAndMigrated(XenHost host) {
        Domain linux = host.create(XenExtension.lab().linux(DomainType.PVH).cpus(2));
        try (Terminal terminal = linux.terminal()) {
            terminal.await("domU: Linux as PVH", PATIENCE);
            terminal.type("echo $((6 * 7)) $(nproc) CPUs\n");
            terminal.await("42 2 CPUs", PATIENCE);
        }
        int first = linux.id();
        // dom0 has little memory, which is also its disk.
        host.check("rm -rf /tmp/guest /tmp/images");
        host.check("xl save guest /tmp/saved && xl restore /tmp/saved");
        int second = linux.id();
        host.check("xl migrate -s '' guest 'xl migrate-receive'");
        assertTrue(first < second && second < linux.id());
        try (Terminal terminal = linux.terminal()) {
            terminal.type("echo still $((6 * 7))\n");
            terminal.await("still 42", PATIENCE);
            terminal.type("exit\n");
            assertEquals(EndReason.POWEROFF, linux.awaitEnd(PATIENCE));
        }
        assertTrue(linux.console().contains("still 42"), linux.console());
        assertFalse(linux.exists());
    }
}
