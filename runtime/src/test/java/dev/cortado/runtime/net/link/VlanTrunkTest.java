package dev.cortado.runtime.net.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.lab.TestDevice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** IEEE 802.1Q, 9.6. */
final class VlanTrunkTest {
    private static final String PLAIN = "ffffffffffff 020000000001 0800 45001122";
    private static final String TAGGED = "ffffffffffff 020000000001 8100 0064 0800 45001122";

    private final TestDevice device = new TestDevice(0x0200_0000_0002L);
    private final DropCounters drops = new DropCounters();
    private final VlanTrunk trunk = new VlanTrunk(device, drops);

    private static final class Seen implements FrameReceiver {
        final List<byte[]> frames = new ArrayList<>();

        @Override
        public void receive(PacketBuffer frame, long now) {
            byte[] copy = new byte[frame.totalLength()];
            frame.copyOut(0, ByteBuffer.wrap(copy));
            frames.add(copy);
            frame.release();
        }

        @Override
        public void linkChanged(long now) {}
    }

    @Test
    void aTagIsTakenOff() {
        Seen hundred = new Seen();
        Seen rest = new Seen();
        trunk.port(100).setReceiver(hundred);
        trunk.port(0).setReceiver(rest);
        device.receive(Hex.bytes(TAGGED), 0);
        device.receive(Hex.bytes(PLAIN), 0);
        device.receive(Hex.bytes(TAGGED.replace("0064", "a000")), 0);
        device.receive(Hex.bytes(TAGGED.replace("0064", "0065")), 0);
        assertEquals(1, hundred.frames.size());
        assertArrayEquals(Hex.bytes(PLAIN), hundred.frames.get(0));
        assertEquals(2, rest.frames.size(), "without a tag, and with a priority only");
        assertArrayEquals(Hex.bytes(PLAIN), rest.frames.get(1));
        assertEquals(1, drops.of(DropReason.VLAN_NOT_OURS));
        device.receive(Hex.bytes("ffffffffffff 020000000001 8100 00"), 0);
        assertEquals(1, drops.of(DropReason.FRAME_TRUNCATED));
        assertEquals(device.pool.size(), device.pool.free());
    }

    @Test
    void aTagIsPutOn() {
        PacketBuffer frame = device.pool.take();
        byte[] plain = Hex.bytes(PLAIN);
        frame.bytes().put(frame.append(plain.length), plain);
        assertTrue(trunk.port(100).transmit(frame));
        assertArrayEquals(Hex.bytes(TAGGED), device.lastSent());
    }

    /** A device's offloads look for headers where they are without a tag. */
    @Test
    void framesWithATagAreSentWithoutOffloads() {
        device.features =
                DeviceFeatures.TRANSMIT_CHECKSUM
                        | DeviceFeatures.SEGMENTATION_IPV4
                        | DeviceFeatures.SEGMENTATION_IPV6
                        | DeviceFeatures.GATHER;
        assertEquals(DeviceFeatures.GATHER, trunk.port(100).features());
        assertEquals(device.features, trunk.port(0).features());
        device.features = 0;
        assertEquals(0, trunk.port(101).features());
    }

    @Test
    void numbersThatCannotBe() {
        trunk.port(7);
        assertThrows(IllegalArgumentException.class, () -> trunk.port(7));
        assertThrows(IllegalArgumentException.class, () -> trunk.port(4095));
        assertThrows(IllegalArgumentException.class, () -> trunk.port(-1));
    }
}
