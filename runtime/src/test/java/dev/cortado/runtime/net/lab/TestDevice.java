package dev.cortado.runtime.net.lab;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.Traffic;
import dev.cortado.runtime.net.count.TrafficCounters;
import dev.cortado.runtime.net.link.FrameDevice;
import dev.cortado.runtime.net.link.FrameReceiver;
import dev.cortado.runtime.net.wire.EthernetFrame;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A network device on a {@link TestWire}, which keeps copies of what was sent. */
public final class TestDevice implements FrameDevice {
    public final PacketPool pool;

    /** What was sent, but for {@link #reports}. */
    public final List<byte[]> sent = new ArrayList<>();

    /** What was sent to tell of groups. */
    public final List<byte[]> reports = new ArrayList<>();

    public final Deque<byte[]> toSend = new ArrayDeque<>();
    private final long mac;
    private final TrafficCounters counters = new TrafficCounters();
    private FrameReceiver receiver;
    public int mtu = 1500;
    public int features;
    public boolean isUp = true;

    /** What it does before it takes a frame, with the locks that its sender has. */
    public Runnable beforeTransmit = () -> {};

    /** Room in its queue; a device that hangs has none. */
    public int room = Integer.MAX_VALUE;

    public TestDevice(long mac) {
        this(mac, 256);
    }

    public TestDevice(long mac, int buffers) {
        this.mac = mac;
        this.pool = PacketPool.ofHeap(buffers, 2048);
    }

    @Override
    public long macAddress() {
        return mac;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public int features() {
        return features;
    }

    @Override
    public boolean isUp() {
        return isUp;
    }

    @Override
    public long traffic(Traffic what) {
        return what == Traffic.SENT_WAITING ? toSend.size() : counters.of(what);
    }

    @Override
    public void setReceiver(FrameReceiver frameReceiver) {
        receiver = frameReceiver;
    }

    public FrameReceiver receiver() {
        return receiver;
    }

    @Override
    public boolean transmit(PacketBuffer frame) {
        beforeTransmit.run();
        if (room == 0) {
            counters.add(Traffic.SENT_DROPPED, 1);
            return false;
        }
        byte[] copy = new byte[frame.totalLength()];
        frame.copyOut(0, ByteBuffer.wrap(copy));
        counters.add(Traffic.SENT_PACKETS, 1);
        counters.add(Traffic.SENT_BYTES, copy.length);
        (isReport(copy) ? reports : sent).add(copy);
        toSend.add(copy);
        frame.release();
        return true;
    }

    /** Whether a frame has IGMP, or the router alert that only listener discovery sends. */
    private static boolean isReport(byte[] frame) {
        int type = ByteBuffer.wrap(frame).getShort(12) & 0xffff;
        return type == EthernetFrame.TYPE_IPV4 && frame[14 + 9] == IpProtocol.IGMP
                || type == EthernetFrame.TYPE_IPV6 && frame[14 + 6] == IpProtocol.HOP_BY_HOP;
    }

    /** A frame comes in; false if there is no buffer for it, or it is longer than one. */
    public boolean receive(byte[] frame, long now) {
        PacketBuffer packet = pool.take();
        if (packet == null) {
            return false;
        }
        if (frame.length > packet.tailRoom()) {
            packet.release();
            return false;
        }
        packet.bytes().put(packet.append(frame.length), frame);
        counters.add(Traffic.RECEIVED_PACKETS, 1);
        counters.add(Traffic.RECEIVED_BYTES, frame.length);
        receiver.receive(packet, now);
        return true;
    }

    public byte[] lastSent() {
        return sent.get(sent.size() - 1);
    }
}
