package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.open.ReadyList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectorCallsTest {
    private final ReadyList list = new ReadyList();

    /** Tells whether it is interrupted after it has waited. */
    private Within.Running<Boolean> waiting(boolean isVirtual, long nanos) {
        return Within.start(
                isVirtual,
                () -> {
                    assertEquals(0, SelectorCalls.await(list, nanos).length);
                    return Thread.interrupted();
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theWakeUpOfAnInterruptIsTaken(boolean isVirtual) throws Exception {
        var interrupted = waiting(isVirtual, ReadyList.FOR_EVER).awaitWaiting();
        interrupted.thread().interrupt();
        list.wakeUp();
        assertTrue(interrupted.end());
        var next = waiting(isVirtual, ReadyList.FOR_EVER).awaitWaiting();
        list.wakeUp();
        assertFalse(next.end());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTimeEndsForWhoIsInterrupted(boolean isVirtual) throws Exception {
        var interrupted = waiting(isVirtual, TimeUnit.MILLISECONDS.toNanos(200));
        interrupted.thread().interrupt();
        assertTrue(interrupted.end());
    }
}
