package dev.cortado.kernel.hyperv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** HV_X64_MSR_STIMER0_CONFIG's bits: 3 AutoEnable, 4 to 11 ApicVector, 12 DirectMode. */
final class DirectTimerTest {
    private final HypervModel machine = new HypervModel();
    private final DirectTimer timer = new DirectTimer(machine);

    @Test
    void interruptsByAVectorOnceTheCountIsReached() {
        timer.enable(0xef);
        timer.set(1_000);
        timer.set(1_001);
        timer.stop();
        assertEquals(
                List.of("400000b1=0", "400000b0=1ef8", "400000b1=a", "400000b1=b", "400000b1=0"),
                machine.writes);
    }

    /** A count of 0 would stop it. */
    @Test
    void whatIsOverInterruptsAtOnce() {
        timer.set(0);
        timer.set(-5_000);
        assertEquals(List.of("400000b1=1", "400000b1=1"), machine.writes);
    }
}
