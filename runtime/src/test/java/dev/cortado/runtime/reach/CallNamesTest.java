package dev.cortado.runtime.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CallNamesTest {
    @Test
    void parametersAndOverloadsThatCallEachOtherAreLeftOut() {
        assertEquals(
                List.of("p.App.main", "java.nio.file.Files.write"),
                CallNames.shown(
                        List.of(
                                "p.App.main(java.lang.String[])",
                                "java.nio.file.Files.write(java.nio.file.Path, byte[])",
                                "java.nio.file.Files.write(java.nio.file.Path)")));
    }

    @Test
    void aLambdaExpressionIsCalledAfterItsClass() {
        assertEquals(
                List.of("p.App.lambda"), CallNames.shown(List.of("p.App$$Lambda/0x0123.run()")));
    }

    @Test
    void theMiddleOfALongChainIsLeftOut() {
        List<String> six = List.of("a()", "b()", "c()", "d()", "e()", "f()");
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), CallNames.shown(six));
        List<String> seven = List.of("a()", "b()", "c()", "d()", "e()", "f()", "g()");
        assertEquals(List.of("a", "b", "c", "...", "f", "g"), CallNames.shown(seven));
    }

    @Test
    void knowsTheGuestsOwnClasses() {
        assertTrue(CallNames.isGuest("dev.cortado.drivers.pci.PciDevice"));
        assertFalse(CallNames.isGuest("dev.cortado.examples.hello.Hello"));
        assertFalse(CallNames.isGuest("java.lang.Object"));
    }
}
