package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionTest {
    private static Session shell(String script) {
        return new Session(List.of("sh", "-c", script));
    }

    @Test
    void theEndHasTheExitCodeAndAllThatWasShown() {
        try (Session session = shell("echo begun; exit 3")) {
            assertEquals(new Outcome(3, "begun\n"), session.awaitEnd());
        }
    }

    /** One that says nothing more, one that never stops talking, and one without a console. */
    @ParameterizedTest
    @ValueSource(strings = {"sleep 60", "while :; do echo on; done", "exec >&- 2>&-; sleep 60"})
    void whoDoesNotEndIsNamedWithWhatItHasShown(String life) {
        try (Session session = shell("echo begun; " + life)) {
            session.await("begun\n");
            AssertionError error =
                    assertThrows(
                            AssertionError.class, () -> session.awaitEnd(Duration.ofMillis(300)));
            String text = error.getMessage();
            assertTrue(text.startsWith("no end within PT0.3S of sh -c echo begun; " + life), text);
            assertTrue(text.contains("has shown:\nbegun\n"), text);
        }
    }
}
