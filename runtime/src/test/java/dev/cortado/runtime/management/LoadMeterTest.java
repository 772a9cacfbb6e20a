package dev.cortado.runtime.management;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoadMeterTest {
    private final LoadMeter meter = new LoadMeter();

    @Test
    void tellsOfTheTimeSinceTheLastSample() {
        assertEquals(0.25, meter.sample(1000, 250));
        assertEquals(1, meter.sample(2000, 1250));
        assertEquals(0, meter.sample(3000, 1250));
    }

    @Test
    void twoSamplesAtOneTimeSayTheSame() {
        assertEquals(0.5, meter.sample(1000, 500));
        assertEquals(0.5, meter.sample(1000, 501));
        assertEquals(0.5, meter.sample(999, 100));
    }

    /** Clocks of several CPUs are not read at the same moment. */
    @Test
    void staysBetweenNothingAndAll() {
        assertEquals(1, meter.sample(1000, 1100));
        assertEquals(0, meter.sample(2000, 1000));
    }
}
