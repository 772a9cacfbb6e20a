package dev.cortado.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.network.Segmentation;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.runtime.net.buffer.ChecksumMark;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.count.Traffic;
import dev.cortado.runtime.net.link.DeviceFeatures;
import dev.cortado.runtime.net.link.FrameReceiver;
import dev.cortado.runtime.net.time.TimerQueue;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packets between a driver's buffers and the stack's, which are one memory. */
final class DriverFramesTest implements FrameReceiver {
    private static final int BUFFERS = 64;

    private final Arena arena = Arena.ofConfined();
    private final FakeDevice device = new FakeDevice();
    private final TimerQueue timers = new TimerQueue();
    private final DropCounters drops = new DropCounters();
    private final ArrayDeque<PacketBuffer> received = new ArrayDeque<>();
    private long now;
    private long watched;
    private int faults;
    private DevicePackets packets;
    private DriverFrames frames;

    @BeforeEach
    void begin() throws IOException {
        DeviceFrames memory = new DeviceFrames(new RealFrames(arena), "test");
        packets = new DevicePackets(new NetworkBuffers(memory, BUFFERS, 2048));
        frames = new DriverFrames(packets, () -> now, timers, drops, 3);
        frames.setReceiver(this);
    }

    private void start() {
        frames.start(device, at -> watched = at);
    }

    @AfterEach
    void end() {
        arena.close();
    }

    @Override
    public void receive(PacketBuffer frame, long at) {
        if (faults > 0) {
            faults--;
            frame.release();
            throw new OutOfMemoryError("test");
        }
        received.add(frame);
    }

    @Override
    public void linkChanged(long at) {
        // nobody asks
    }

    private PacketBuffer frame(int... pieces) {
        PacketBuffer first = null;
        PacketBuffer last = null;
        for (int bytes : pieces) {
            PacketBuffer piece = packets.pool().take();
            if (last == null) {
                first = piece;
            } else {
                piece.setRange(0, 0);
                last.setContinuation(piece);
            }
            int at = piece.append(bytes);
            for (int i = 0; i < bytes; i++) {
                piece.bytes().put(at + i, (byte) i);
            }
            last = piece;
        }
        return first;
    }

    @Test
    void aBufferIsTheSameOnBothSides() {
        PacketBuffer packet = packets.pool().take();
        NetworkBuffer buffer = packets.buffer(packet);
        assertTrue(buffer.isUsers());
        assertSame(packet, packets.packet(buffer));
        assertEquals(BUFFERS - 1, packets.buffers().free());
        packet.release();
        assertEquals(BUFFERS, packets.pool().free());
        assertThrows(IllegalStateException.class, packet::release);
        for (int i = 0; i < BUFFERS; i++) {
            packets.pool().take();
        }
        assertNull(packets.pool().take());
    }

    @Test
    void piecesAndMarksGoOut() throws IOException {
        device.offloads |= Offloads.SEGMENTATION_TCP6 | Offloads.SEGMENTATION_ECN;
        start();
        assertEquals(
                DeviceFeatures.TRANSMIT_CHECKSUM
                        | DeviceFeatures.GATHER
                        | DeviceFeatures.SEGMENTATION_IPV6,
                frames.features());
        PacketBuffer frame = frame(200, 0, 1000, 2048);
        int start = frame.start();
        frame.bytes().putShort(start + 12, (short) 0x86dd);
        frame.bytes().put(start + 54 + 12, (byte) 0x80);
        frame.bytes().put(start + 54 + 13, (byte) 0x90);
        frame.setChecksumBlank(start + 54, start + 54 + 16);
        frame.setSegmentSize(1440);
        assertTrue(frames.transmit(frame));
        NetworkBuffer sent = device.taken.getFirst();
        assertEquals(start, sent.offset());
        assertEquals(3248, sent.packetLength());
        assertEquals(1000, sent.next().length());
        assertEquals(0, sent.next().offset());
        assertEquals(54, sent.checksumStart());
        assertEquals(16, sent.checksumOffset());
        assertEquals(Segmentation.TCP6, sent.segmentation());
        assertEquals(1440, sent.segmentSize());
        assertEquals(54 + 32, sent.headerLength());
        assertTrue(sent.isCongestionReduced());
        assertEquals(BUFFERS - 3, packets.pool().free());
    }

    @Test
    void piecesAndMarksComeIn() {
        start();
        NetworkBuffer first = packets.buffers().takeFor(device);
        NetworkBuffer second = packets.buffers().takeFor(device);
        first.setData(30, 100);
        first.setNext(second);
        first.setChecksum(34, 6);
        first.setSegmentation(Segmentation.TCP4, 1448, 0);
        second.setData(4, 2044);
        device.receive(first);
        frames.received(0);
        PacketBuffer frame = received.poll();
        assertEquals(30, frame.start());
        assertEquals(2144, frame.totalLength());
        assertEquals(ChecksumMark.BLANK, frame.checksum());
        assertEquals(64, frame.checksumStart());
        assertEquals(70, frame.checksumField());
        assertEquals(1448, frame.segmentSize());
        frame.release();
        assertEquals(BUFFERS, packets.pool().free());
    }

    private void come(int count) {
        for (int i = 0; i < count; i++) {
            NetworkBuffer one = packets.buffers().takeFor(device);
            one.setData(30, 100);
            device.receive(one);
        }
    }

    @Test
    void beforeThereIsAReceiverFramesAreGivenBack() {
        frames = new DriverFrames(packets, () -> now, timers, drops, 3);
        start();
        come(5);
        frames.received(0);
        assertEquals(BUFFERS, packets.pool().free());
    }

    @Test
    void aFaultIsCountedAndTheOthersCome() {
        start();
        come(5);
        faults = 2;
        frames.received(0);
        assertEquals(3, received.size());
        assertEquals(2, drops.of(DropReason.FAULT));
        received.forEach(PacketBuffer::release);
        assertEquals(BUFFERS, packets.pool().free());
    }

    @Test
    void whatHasNoRoomWaitsInItsOrder() {
        start();
        for (int i = 0; i < 7; i++) {
            assertTrue(frames.transmit(frame(60 + i)), "packet " + i);
        }
        PacketBuffer last = frame(60);
        assertFalse(frames.transmit(last));
        last.release();
        device.send(4);
        frames.transmitted(0);
        assertEquals(3, device.taken.size());
        assertEquals(64, device.taken.poll().packetLength());
        assertEquals(65, device.taken.poll().packetLength());
    }

    @Test
    void whatWasSentIsGivenBackThoughNobodySendsAnyMore() {
        start();
        frames.transmit(frame(60));
        device.send(1);
        assertEquals(BUFFERS - 1, packets.pool().free());
        now += timers.nextDelay(now);
        timers.expire(now);
        assertEquals(BUFFERS, packets.pool().free());
        assertEquals(now, watched);
        assertEquals(TimerQueue.NEVER, timers.nextDelay(now));
    }

    @Test
    void whatWasSentIsGivenBackBeforeThereIsNone() {
        device.room = BUFFERS;
        start();
        for (int i = 0; i < BUFFERS; i++) {
            frames.transmit(frame(60));
            device.send(1);
        }
        packets.pool().take();
    }

    @Test
    void packetsWaitForTheNextDriver() {
        start();
        device.dead = true;
        assertTrue(frames.transmit(frame(60)));
        device.dead = false;
        frames.transmitted(0);
        assertEquals(1, device.taken.size());
    }

    @Test
    void whenTheLinkGoesNothingWaitsAnyMore() {
        start();
        for (int i = 0; i < 6; i++) {
            frames.transmit(frame(60));
        }
        device.down = true;
        frames.linkChanged(false);
        assertEquals(BUFFERS - 4, packets.pool().free());
        assertEquals(2, drops.of(DropReason.LINK_DOWN));
        now += timers.nextDelay(now);
        timers.expire(now);
        assertEquals(TimerQueue.NEVER, timers.nextDelay(now));
        device.down = false;
        device.send(4);
        frames.transmitted(0);
        assertEquals(BUFFERS, packets.pool().free());
    }

    @Test
    void whatNoDeviceTakesIsDropped() {
        start();
        assertTrue(frames.transmit(frame(1700)));
        assertEquals(1, drops.of(DropReason.DEVICE_REFUSED));
        assertEquals(BUFFERS, packets.pool().free());
    }

    @Test
    void whatGoesThroughIsCounted() {
        start();
        for (int i = 0; i < 8; i++) {
            PacketBuffer packet = frame(60, 40);
            if (!frames.transmit(packet)) {
                packet.release();
            }
        }
        frames.transmit(frame(1700)); // behind those that wait
        come(3);
        frames.received(0);
        received.forEach(PacketBuffer::release);
        assertEquals(List.of(3L, 300L, 7L, 4L, 400L, 2L, 7L), traffic());
        device.send(4);
        frames.transmitted(0);
        assertEquals(List.of(3L, 300L, 7L, 7L, 700L, 2L, 3L), traffic());
        device.down = true;
        device.room = 0;
        frames.transmit(frame(60));
        frames.linkChanged(false);
        assertEquals(List.of(3L, 300L, 7L, 7L, 700L, 3L, 0L), traffic());
    }

    /** In the order of {@link Traffic}. */
    private List<Long> traffic() {
        return Arrays.stream(Traffic.values()).map(frames::traffic).toList();
    }

    /** Whatever is sent, comes or gets stuck: in the end all buffers are back. */
    @Test
    void nothingIsLost() {
        Random random = new Random(5);
        start();
        for (int i = 0; i < 300_000; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> transmit(random);
                case 2 -> device.send(random.nextInt(4));
                case 3 -> come(random);
                case 4 -> frames.transmitted(0);
                default -> device.dead = random.nextInt(4) == 0;
            }
            while (received.size() > 5) {
                received.poll().release();
            }
        }
        device.dead = false;
        for (int i = 0; i < 4; i++) {
            device.send(BUFFERS);
            frames.transmitted(0);
        }
        received.forEach(PacketBuffer::release);
        assertEquals(BUFFERS, packets.pool().free());
    }

    private void transmit(Random random) {
        if (packets.pool().free() > 3) {
            PacketBuffer frame = frame(60 + random.nextInt(400), random.nextInt(3) * 300);
            if (!frames.transmit(frame)) {
                frame.release();
            }
        }
    }

    private void come(Random random) {
        NetworkBuffer first = packets.buffers().takeFor(device);
        if (first == null) {
            return;
        }
        first.setData(16, random.nextInt(2000));
        first.setChecksumGood(random.nextBoolean());
        if (random.nextBoolean()) {
            // What a bad device may say.
            first.setChecksum(random.nextInt(70_000), random.nextInt(70_000));
        }
        NetworkBuffer second = random.nextBoolean() ? packets.buffers().takeFor(device) : null;
        first.setNext(second);
        device.receive(first);
        frames.received(0);
    }
}
