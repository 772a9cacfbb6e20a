package dev.cortado.kernel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.device.DeviceFaults.Kind;
import dev.cortado.kernel.monitor.MonitorText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DeviceFaultsTest {
    private static String shown() {
        StringBuilder shown = new StringBuilder();
        DeviceFaults.show(
                new MonitorText((bytes, count) ->
                        shown.append(new String(bytes, 0, count, StandardCharsets.US_ASCII))));
        return shown.toString();
    }

    @Test
    void eachDeviceHasALineOfWhatItDid() {
        assertEquals(0, DeviceFaults.count("first device", Kind.STORM));
        assertFalse(shown().contains("first device"), "who asks makes none");
        for (int i = 0; i < 3; i++) {
            DeviceFaults.add("first device", Kind.WILD_ANSWER);
        }
        DeviceFaults.add("second device", Kind.DEATH);
        DeviceFaults.add("first device", Kind.STORM);
        assertEquals(3, DeviceFaults.count("first device", Kind.WILD_ANSWER));
        assertEquals(0, DeviceFaults.count("second device", Kind.WILD_ANSWER));
        String text = shown();
        assertTrue(text.contains("first device: 3 wild answers, 1 times masked\n"), text);
        assertTrue(text.contains("second device: 1 deaths of its driver\n"), text);
    }

    /** As many names as anybody may think of take no more memory. */
    @Test
    void tooManyDevicesAreNotCounted() {
        for (int i = 0; i < 10_000; i++) {
            DeviceFaults.add("device " + i, Kind.DEATH);
        }
        assertEquals(0, DeviceFaults.count("device 9999", Kind.DEATH));
        DeviceFaults.add("device 0", Kind.DEATH);
        assertEquals(2, DeviceFaults.count("device 0", Kind.DEATH));
    }
}
