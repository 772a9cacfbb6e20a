package dev.cortado.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketChecksum;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.link.DeviceFeatures;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.wire.InternetChecksum;
import java.io.IOException;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices that do less than others, or than they did before. */
final class DriverOffloadsTest {
    private static final int BUFFERS = 64;

    private final Arena arena = Arena.ofConfined();
    private final FakeDevice device = new FakeDevice();
    private final DropCounters drops = new DropCounters();
    private DevicePackets packets;
    private DriverFrames frames;

    @BeforeEach
    void begin() throws IOException {
        DeviceFrames memory = new DeviceFrames(new RealFrames(arena), "test");
        packets = new DevicePackets(new NetworkBuffers(memory, BUFFERS, 2048));
        frames = new DriverFrames(packets, () -> 0, new TimerQueue(), drops, 3);
    }

    private void start() {
        frames.start(device, at -> {});
    }

    @AfterEach
    void end() {
        arena.close();
    }

    /** 101 bytes in two pieces. */
    private PacketBuffer frame() {
        PacketBuffer first = packets.pool().take();
        fill(first, first.append(70), 70);
        PacketBuffer second = packets.pool().take();
        second.setRange(0, 0);
        fill(second, second.append(31), 31);
        first.setContinuation(second);
        return first;
    }

    private static void fill(PacketBuffer piece, int at, int count) {
        for (int i = 0; i < count; i++) {
            piece.bytes().put(at + i, (byte) (i * 7));
        }
    }

    /** ICMPv6's, which Xen's backends refuse, and all of a device that does less than before. */
    @Test
    void aSumThatTheDeviceDoesNotKnowIsFilledIn() {
        start();
        for (int offset : new int[] {2, 6, 16}) {
            for (int offloads :
                    new int[] {
                        Offloads.CHECKSUM | Offloads.CHECKSUM_OTHERS,
                        Offloads.CHECKSUM,
                        Offloads.CHECKSUM_TCP4 | Offloads.CHECKSUM_UDP4,
                        0
                    }) {
                device.offloads = offloads | Offloads.SCATTER;
                boolean isKnown =
                        (offloads & Offloads.CHECKSUM_OTHERS) != 0
                                || (offloads & Offloads.CHECKSUM) == Offloads.CHECKSUM
                                        && offset != 2;
                PacketBuffer frame = frame();
                int from = frame.start() + 54;
                frame.bytes().putShort(from + offset, (short) 0x1234);
                frame.setChecksumBlank(from, from + offset);
                long sum = PacketChecksum.add(0, frame, from, 47);
                assertTrue(frames.transmit(frame));
                NetworkBuffer sent = device.taken.getFirst();
                assertEquals(isKnown ? 54 : -1, sent.checksumStart(), offset + " " + offloads);
                int filled = frame.bytes().getShort(from + offset) & 0xffff;
                assertEquals(isKnown ? 0x1234 : InternetChecksum.finish(sum), filled);
                device.send(1);
                frames.transmitted(0);
            }
        }
        assertEquals(BUFFERS, packets.pool().free());
    }

    @Test
    void whatADeviceDoesMayChange() {
        device.offloads |= Offloads.SEGMENTATION_TCP4;
        start();
        int before = frames.features();
        device.offloads = Offloads.CHECKSUM;
        device.parts = 1;
        assertEquals(DeviceFeatures.TRANSMIT_CHECKSUM, frames.features());
        assertEquals(
                DeviceFeatures.TRANSMIT_CHECKSUM
                        | DeviceFeatures.GATHER
                        | DeviceFeatures.SEGMENTATION_IPV4,
                before);
        PacketBuffer frame = frame();
        int from = frame.start() + 34;
        frame.setChecksumBlank(from, from + 16);
        frame.setSegmentSize(1000);
        assertTrue(frames.transmit(frame), "it was made for the device that there was");
        assertEquals(1, drops.of(DropReason.DEVICE_REFUSED));
        assertEquals(BUFFERS, packets.pool().free());
    }
}
