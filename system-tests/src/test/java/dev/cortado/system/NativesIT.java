package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Native methods in an image that reaches much of the JDK. */
final class NativesIT {
    private static final String METHOD = "dev.cortado.system.guest.suite.Unreplaced.call";
    private static final String CALLER = "dev.cortado.system.guest.suite.JdkNativesTest";

    @Test
    void onlyTheOneThatNobodyReplacesIsListedAndWithItsCaller() {
        Outcome report = Cortado.command("inspect", GuestSuite.build().toString());
        assertEquals(0, report.exitCode(), report.console());
        String section =
                "\nNative methods that nobody replaces\n  method%s  called by\n  %s  %s\n\n"
                        .formatted(" ".repeat(METHOD.length() - "method".length()), METHOD, CALLER);
        assertTrue(report.console().contains(section), report.console());
    }
}
