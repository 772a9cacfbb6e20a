package dev.cortado.drivers.vmware.backdoor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.kernel.time.TimeSource;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HostTimeTest {
    @Test
    void secondsHave64BitsInTwoRegisters() {
        Instant late = Instant.parse("2200-01-02T03:04:05.678901Z");
        long seconds = late.getEpochSecond();
        long nanos = HostTime.epochNanos((int) (seconds >> 32), (int) seconds, 678_901);
        assertEquals(late, Instant.EPOCH.plusNanos(nanos));
    }

    @Test
    void whatIsNoTimeIsUnknown() {
        int now = 1_800_000_000;
        assertEquals(now * 1_000_000_000L, HostTime.epochNanos(0, now, 0));
        assertEquals(TimeSource.UNKNOWN, HostTime.epochNanos(0, 0, 5));
        assertEquals(TimeSource.UNKNOWN, HostTime.epochNanos(-1, now, 0));
        assertEquals(TimeSource.UNKNOWN, HostTime.epochNanos(3, now, 0));
        assertEquals(TimeSource.UNKNOWN, HostTime.epochNanos(0, now, 1_000_000));
        assertEquals(TimeSource.UNKNOWN, HostTime.epochNanos(0, now, -1));
    }
}
