package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Devices that come to a running guest and leave it, at QEMU's monitor. */
record QemuPlug(UnaryOperator<String> monitor) {
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(2);

    /**
     * Returns when the device is there; the guest hears of it then.
     *
     * @param device with an id, as for {@code -device}
     */
    void attach(String device) {
        // QEMU lets go of a disk's node a moment after it has told that its device is gone.
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        String answer = monitor.apply("device_add " + device);
        while (answer.contains("Permission conflict") && System.nanoTime() < deadline) {
            answer = monitor.apply("device_add " + device);
        }
        assertFalse(answer.contains("Error"), answer);
    }

    /** Returns when QEMU has the device no more, which the guest has ejected. */
    void detach(String id) {
        monitor.apply("device_del " + id);
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (monitor.apply("info qtree").contains("id \"" + id + "\"")) {
            assertTrue(System.nanoTime() < deadline, "the guest does not let go of " + id);
        }
    }
}
