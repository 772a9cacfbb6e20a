package dev.cortado.drivers.virtio.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.transport.VirtioTransport;
import dev.cortado.kernel.device.DeviceInterrupt;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** The end of a driver's hold on a device, whatever goes wrong with it. */
final class VirtioConnectionTest {
    private static final int BLOCK = 2;

    private Error ofReset;
    private Error ofBus;
    private int ends;

    private final VirtioPlace place =
            new VirtioPlace("test", BLOCK) {
                @Override
                BusConnection connect(int[] cpus) {
                    return new Connection();
                }
            };

    /** A bus whose device resets itself at once, or whose driver lacks memory for that. */
    private final class Connection implements BusConnection {
        @Override
        public VirtioTransport transport() {
            return (VirtioTransport)
                    Proxy.newProxyInstance(
                            VirtioTransport.class.getClassLoader(),
                            new Class<?>[] {VirtioTransport.class},
                            (proxy, method, values) ->
                                    switch (method.getName()) {
                                        case "name" -> "test";
                                        case "deviceType" -> BLOCK;
                                        case "setStatus" -> throwIfAny(ofReset);
                                        case "status" -> 0;
                                        default -> throw new AssertionError(method);
                                    });
        }

        @Override
        public DeviceInterrupt interrupt() {
            return null; // nobody waits for one
        }

        @Override
        public boolean isMessages() {
            return false;
        }

        @Override
        public void admitToMemory() {
            // It may.
        }

        @Override
        public boolean keepFromMemory() {
            return false;
        }

        @Override
        public boolean close() {
            ends++;
            throwIfAny(ofBus);
            return false;
        }
    }

    private static Object throwIfAny(Error error) {
        if (error != null) {
            throw error;
        }
        return null;
    }

    @Test
    void whereMemoryLacksToSayThatItDoesNotResetItselfItsPlaceIsFree() throws Exception {
        VirtioConnection connection = place.open(0);
        assertTrue(place.isClaimed());
        ofReset = new OutOfMemoryError("test");
        try {
            connection.close();
        } catch (OutOfMemoryError e) {
            throw new AssertionError("it goes on", e);
        }
        assertEquals(1, ends);
        assertFalse(place.isClaimed());
        connection.close();
        assertEquals(1, ends);
    }

    @Test
    void whereItsInterruptsCannotBeTakenAwayItsPlaceIsFree() throws Exception {
        VirtioConnection connection = place.open(0);
        ofBus = new OutOfMemoryError("test");
        assertThrows(OutOfMemoryError.class, connection::close);
        assertFalse(place.isClaimed());
    }
}
