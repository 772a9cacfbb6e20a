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
        "INITIALISED,CONNECTED,ESTABLISH",
        "CONNECTED,CONNECTED,NONE",
        "CONNECTED,CLOSING,DISCONNECT",
        "CONNECTED,UNKNOWN,DISCONNECT",
        "CONNECTED,INITIALISING,DISCONNECT",
        "CLOSED,CLOSED,NONE",
        "CLOSED,CLOSING,NONE",
        "CLOSED,INITIALISING,BEGIN",
        "CLOSED,INIT_WAIT,BEGIN",
        "INITIALISING,CONNECTED,NONE",
        "INITIALISING,CLOSED,NONE",
        "CLOSED,UNKNOWN,NONE",
    })
    void step(BusState own, BusState backend, NextStep next) {
        assertEquals(next, NextStep.of(own, backend));
    }

    /** Whatever the backend says, the same state of it does not send us in a circle. */
    @Test
    void everyStateOfABackendComesToRest() {
        for (BusState backend : BusState.values()) {
            for (BusState first : BusState.values()) {
                BusState own = first;
                int steps = 0;
                while (NextStep.of(own, backend) != NextStep.NONE) {
                    own =
                            switch (NextStep.of(own, backend)) {
                                case BEGIN -> BusState.INITIALISING;
                                case CONNECT -> BusState.INITIALISED;
                                case ESTABLISH -> BusState.CONNECTED;
                                default -> BusState.CLOSED;
                            };
                    assertNotEquals(8, ++steps, first + " with " + backend);
                }
            }
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
