package dev.cortado.drivers.virtio.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Bytes of {@code struct virtio_console_control} (VIRTIO 1.2, 5.3.6.2). */
final class ControlMessageTest {
    @Test
    void theFieldsAreLittleEndian() {
        byte[] bytes = {4, 3, 2, (byte) 0x81, 6, 0, (byte) 0xfe, (byte) 0xff};
        ControlMessage message = new ControlMessage(0x8102_0304, 6, 0xfffe);
        assertArrayEquals(bytes, message.toBytes());
        assertEquals(message, ControlMessage.parse(bytes));
    }

    @Test
    void theDriverSaysFirstThatItIsReady() {
        byte[] bytes = {0, 0, 0, 0, 0, 0, 1, 0};
        assertArrayEquals(bytes, new ControlMessage(0, ControlMessage.DEVICE_READY, 1).toBytes());
    }
}
