package dev.cortado.system;

import org.junit.jupiter.api.Test;

/** What nobody catches ends the guest, against HotSpot's words. */
final class ExceptionIT {
    @Test
    void uncaughtExceptionLooksAsOnHotSpot() {
        Outcome expected = Program.probes().onHotSpot("", "uncaught");
        Probe.run("uncaught").is(1, expected.console());
    }
}
