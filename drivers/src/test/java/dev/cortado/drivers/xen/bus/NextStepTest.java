package dev.cortado.drivers.xen.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NextStepTest {
    @ParameterizedTest
    @CsvSource({
        "INITIALISING,INITIALISING,NONE",
        "INITIALISING,INIT_WAIT,CONNECT",
        "INITIALISED,INIT_WAIT,NONE",
        "INITIALISING,INITIALISED,CONNECT",
        "INITIALISED,INITIALISED,NONE",
        "CLOSED,INITIALISED,BEGIN",
        "INITIALISED,CONNECTED,ESTABLISH",
        "CONNECTED,CONNECTED,NONE",
        "CONNECTED,CLOSING,DISCONNECT",
        "CONNECTED,UNKNOWN,DISCONNECT",
        "CONNECTED,INITIALISING,RESTART",
        "CLOSED,CLOSED,NONE",
        "CLOSED,CLOSING,NONE",
        "CLOSED,INITIALISING,BEGIN",
        "CLOSED,INIT_WAIT,BEGIN",
        "INITIALISING,CONNECTED,NONE",
        "INITIALISING,CLOSED,NONE",
        "CLOSED,UNKNOWN,NONE",
    })
    void step(BusState own, BusState backend, NextStep next) {
        assertEquals(next, NextStep.of(own, backend, false, false));
    }

    /** With a backend that was connected, and begins anew without having closed. */
    @ParameterizedTest
    @CsvSource({
        "CONNECTED,INITIALISING,RESTART",
        "CONNECTED,INIT_WAIT,RESTART",
        "CONNECTED,INITIALISED,RESTART",
        "CONNECTED,CONNECTED,NONE",
        "CONNECTED,CLOSED,DISCONNECT",
    })
    void stepOfOneThatWasConnected(BusState own, BusState backend, NextStep next) {
        assertEquals(next, NextStep.of(own, backend, true, false));
    }

    /** We have closed, to begin anew: a backend that has not seen that would not see us begin. */
    @ParameterizedTest
    @CsvSource({
        "CLOSED,CONNECTED,NONE",
        "CLOSED,CLOSING,NONE",
        "CLOSED,CLOSED,BEGIN",
        "CLOSED,INIT_WAIT,BEGIN",
        "CLOSED,UNKNOWN,NONE",
    })
    void stepOfOneThatHasClosed(BusState own, BusState backend, NextStep next) {
        assertEquals(next, NextStep.of(own, backend, true, true));
    }

    /** Whatever the backend says, the same state of it does not send us in a circle. */
    @Test
    void everyStateOfABackendComesToRest() {
        for (BusState backend : BusState.values()) {
            for (BusState first : BusState.values()) {
                comeToRest(first, backend, false);
                comeToRest(first, backend, true);
            }
        }
    }

    /**
     * @param before what was so of the connection before, which a new one is not told
     */
    private static void comeToRest(BusState first, BusState backend, boolean before) {
        BusState own = first;
        boolean old = before;
        int steps = 0;
        NextStep step = NextStep.of(own, backend, old, old);
        while (step != NextStep.NONE) {
            own =
                    switch (step) {
                        case BEGIN, RESTART -> BusState.INITIALISING;
                        case CONNECT -> BusState.INITIALISED;
                        case ESTABLISH -> BusState.CONNECTED;
                        default -> BusState.CLOSED;
                    };
            old &= own != BusState.INITIALISING;
            assertNotEquals(8, ++steps, first + " with " + backend);
            step = NextStep.of(own, backend, old, old);
        }
    }

    @Test
    void statesAreNumbers() {
        assertEquals(BusState.INITIALISING, BusState.decode("1"));
        assertEquals(BusState.CONNECTED, BusState.decode("4"));
        assertEquals(BusState.RECONFIGURED, BusState.decode("8"));
        assertEquals("6", BusState.CLOSED.encode());
        for (String wrong : new String[] {null, "", "0", "9", "-1", "44", " 4", "4\n", "x"}) {
            assertEquals(BusState.UNKNOWN, BusState.decode(wrong), wrong);
        }
    }
}
