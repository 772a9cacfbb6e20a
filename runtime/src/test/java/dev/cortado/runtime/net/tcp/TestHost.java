package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.ChecksumMark;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.ip.IpOutput;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.TcpSegment;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;

/** A host with one address in virtual time: IP is a copy of the packet, handed to a wire. */
final class TestHost implements IpOutput {
    final VirtualTime time;
    final IpAddress address;
    final PacketPool pool = PacketPool.ofHeap(512, 2048);
    final TimerQueue timers = new TimerQueue(this::arm);
    final DropCounters drops = new DropCounters();
    final TcpTransport tcp;

    /** Gets what is sent, TCP's header first. */
    Consumer<Packet> wire = packet -> {};

    int mtu = 1500;
    int segmentationLimit;
    SendResult refusal;
    private long armedFor = Long.MAX_VALUE;

    /** What goes over a wire. */
    record Packet(
            byte[] bytes,
            IpAddress source,
            IpAddress destination,
            int trafficClass,
            boolean dontFragment) {}

    /** What the segments hold that the device makes one packet of; 0 if it does not. */
    int coalescedBytes;

    TestHost(VirtualTime time, IpAddress address, TcpSettings settings, long seed) {
        this.time = time;
        this.address = address;
        this.tcp = new TcpTransport(settings, this, timers, drops, new Random(seed));
    }

    private void arm() {
        long delay = timers.nextDelay(time.now());
        if (delay != TimerQueue.NEVER && time.now() + delay < armedFor) {
            armedFor = time.now() + delay;
            long due = armedFor;
            time.at(due, () -> expire(due));
        }
    }

    private void expire(long due) {
        if (armedFor == due) {
            armedFor = Long.MAX_VALUE;
        }
        timers.expire(time.now());
        arm();
    }

    @Override
    public PacketBuffer take() {
        return pool.take();
    }

    @Override
    public SendResult send(PacketBuffer packet, long now) {
        PacketInfo info = packet.info();
        ByteBuffer copy = ByteBuffer.allocate(packet.totalLength());
        packet.copyOut(0, copy);
        int segmentSize = packet.segmentSize();
        boolean blank = packet.checksum() == ChecksumMark.BLANK;
        IpAddress source = new IpAddress(info.sourceHigh, info.sourceLow);
        IpAddress destination = new IpAddress(info.destinationHigh, info.destinationLow);
        int trafficClass = info.trafficClass;
        boolean dontFragment = info.dontFragment;
        packet.release();
        if (refusal != null) {
            return refusal;
        }
        if (segmentSize == 0 && copy.capacity() + (source.isIpv4() ? 20 : 40) > mtu) {
            return SendResult.TOO_BIG;
        }
        if (!blank) {
            throw new AssertionError("TCP leaves its checksum to who is below");
        }
        for (byte[] segment : Segmentation.cut(copy.array(), segmentSize)) {
            fillChecksum(segment, source, destination);
            wire.accept(new Packet(segment, source, destination, trafficClass, dontFragment));
        }
        return SendResult.SENT;
    }

    static void fillChecksum(byte[] segment, IpAddress source, IpAddress destination) {
        ByteBuffer bytes = ByteBuffer.wrap(segment);
        TcpSegment.setChecksum(bytes, 0, 0);
        long sum = pseudo(source, destination, segment.length);
        TcpSegment.setChecksum(
                bytes,
                0,
                InternetChecksum.finish(InternetChecksum.add(sum, bytes, 0, segment.length)));
    }

    private static long pseudo(IpAddress source, IpAddress destination, int length) {
        return source.isIpv4()
                ? InternetChecksum.pseudoHeader(source.ipv4(), destination.ipv4(), 6, length)
                : InternetChecksum.pseudoHeader(
                        source.high(),
                        source.low(),
                        destination.high(),
                        destination.low(),
                        6,
                        length);
    }

    /** Hands over a packet from the wire, if there is a buffer for it. */
    void deliver(Packet packet) {
        PacketBuffer buffer = pool.take();
        if (buffer == null) {
            return;
        }
        int at = buffer.append(Math.min(packet.bytes.length, buffer.tailRoom()));
        buffer.bytes().put(at, packet.bytes, 0, buffer.length());
        buffer.setSegmentSize(coalescedBytes);
        PacketInfo info = buffer.info();
        info.sourceHigh = packet.source.high();
        info.sourceLow = packet.source.low();
        info.destinationHigh = packet.destination.high();
        info.destinationLow = packet.destination.low();
        info.trafficClass = packet.trafficClass;
        info.protocol = 6;
        info.arrival = time.now();
        tcp.receive(buffer, time.now());
    }

    @Override
    public SendResult selectSource(PacketInfo info) {
        info.sourceHigh = address.high();
        info.sourceLow = address.low();
        return SendResult.SENT;
    }

    @Override
    public int pathMtu(long destinationHigh, long destinationLow, long now) {
        return mtu;
    }

    @Override
    public int segmentationLimit(long destinationHigh, long destinationLow) {
        return segmentationLimit;
    }

    @Override
    public void confirm(long destinationHigh, long destinationLow, long now) {}
}
