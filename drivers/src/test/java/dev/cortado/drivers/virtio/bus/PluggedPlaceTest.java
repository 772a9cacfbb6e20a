package dev.cortado.drivers.virtio.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.transport.DeviceType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PluggedPlaceTest {
    private final VirtioPlace first = place();
    private final VirtioPlace second = place();
    private final PluggedPlace plugged = new PluggedPlace(first);
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore begun = new Semaphore(0);
    private Thread driver;

    private static VirtioPlace place() {
        return new VirtioPlace("test", DeviceType.BLOCK) {
            @Override
            BusConnection connect(int[] cpus) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** Drives what there is, one after the other, until it is closed. */
    private void drive() {
        driver =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                while (plugged.hold() != null) {
                                    driveOne();
                                }
                            } catch (InterruptedException e) {
                                told.add("interrupted");
                            }
                        });
    }

    private void driveOne() throws InterruptedException {
        Semaphore looks = new Semaphore(0);
        told.add(plugged.isOther() ? "other" : "same");
        plugged.begin(looks::release);
        begun.release();
        while (plugged.isHeld()) {
            looks.acquire();
        }
        told.add("let go");
        plugged.letGo();
    }

    @AfterEach
    void end() throws InterruptedException {
        if (driver != null) {
            driver.interrupt();
            driver.join();
        }
    }

    @Test
    void aDriverLetsGoAndBeginsAgain() throws InterruptedException {
        drive();
        begun.acquire();
        assertTrue(plugged.detach(first));
        assertEquals(List.of("same", "let go"), told);
        assertTrue(plugged.attach(second));
        assertEquals(List.of("same", "let go", "other"), told);
    }

    @Test
    void oneThatIsGoneAlreadyHasNoDriver() throws InterruptedException {
        assertTrue(plugged.detach(first), "before there was one");
        assertFalse(plugged.attach(second), "nobody has wanted one yet");
        drive();
        begun.acquire();
        assertTrue(plugged.detach(first), "another one's driver goes on");
        assertEquals(List.of("same"), told);
    }

    @Test
    void nobodyWaitsForADriverThatIsGivenUp() throws InterruptedException {
        drive();
        begun.acquire();
        plugged.detach(first);
        plugged.close();
        driver.join();
        assertFalse(plugged.attach(second));
        assertNull(plugged.hold());
    }
}
