package dev.cortado.system;

import org.junit.jupiter.api.Test;

/** Exceptions in a guest, against HotSpot's. */
final class ExceptionIT {
    @Test
    void exceptionsOfTheLanguage() {
        Probe.run("language").is(0, "all exceptions thrown\n");
    }

    @Test
    void uncaughtExceptionLooksAsOnHotSpot() {
        Outcome expected = Program.probes().onHotSpot("", "uncaught");
        Probe.run("uncaught").is(1, expected.console());
    }
}
