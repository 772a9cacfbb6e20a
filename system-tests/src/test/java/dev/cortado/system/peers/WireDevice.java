package dev.cortado.system.peers;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.Traffic;
import dev.cortado.runtime.net.count.TrafficCounters;
import dev.cortado.runtime.net.link.FrameDevice;
import dev.cortado.runtime.net.link.FrameReceiver;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A card at the end of a {@link Wire}, as QEMU's, without offloads. */
final class WireDevice implements FrameDevice, Closeable {
    private static final int MTU = 1500;
    private static final int BUFFERS = 1024;
    private static final int BUFFER_BYTES = 2048;

    private final long mac;
    private final SocketChannel channel;
    private final PacketPool pool = PacketPool.ofHeap(BUFFERS, BUFFER_BYTES);
    private final TrafficCounters counters = new TrafficCounters();
    private final ByteBuffer sent = ByteBuffer.allocate(Integer.BYTES + BUFFER_BYTES);
    private FrameReceiver receiver;

    WireDevice(Path socket, long mac) throws IOException {
        this.mac = mac;
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
    }

    void start() {
        Thread.ofPlatform().daemon().name("device").start(this::receive);
    }

    private void receive() {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)))) {
            while (true) {
                byte[] frame = new byte[in.readInt()];
                in.readFully(frame);
                PacketBuffer packet = pool.take();
                if (packet != null && frame.length <= packet.tailRoom()) {
                    packet.bytes().put(packet.append(frame.length), frame);
                    counters.add(Traffic.RECEIVED_PACKETS, 1);
                    receiver.receive(packet, System.nanoTime());
                } else if (packet != null) {
                    packet.release();
                }
            }
        } catch (IOException e) {
            // the end of the wire
        }
    }

    @Override
    public long macAddress() {
        return mac;
    }

    @Override
    public int mtu() {
        return MTU;
    }

    @Override
    public int features() {
        return 0;
    }

    @Override
    public boolean isUp() {
        return channel.isOpen();
    }

    @Override
    public long traffic(Traffic what) {
        return counters.of(what);
    }

    @Override
    public void setReceiver(FrameReceiver frameReceiver) {
        receiver = frameReceiver;
    }

    @Override
    public synchronized boolean transmit(PacketBuffer frame) {
        sent.clear().putInt(frame.totalLength());
        frame.copyOut(0, sent);
        sent.flip();
        try {
            while (sent.hasRemaining()) {
                channel.write(sent);
            }
        } catch (IOException e) {
            return false;
        }
        counters.add(Traffic.SENT_PACKETS, 1);
        frame.release();
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
