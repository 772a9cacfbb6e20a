package dev.cortado.runtime.socket;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.Traffic;
import dev.cortado.runtime.net.link.FrameDevice;
import dev.cortado.runtime.net.link.FrameReceiver;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Two network devices with a cable between them; each has a thread for what it receives. */
final class CrossedDevices {
    final Device first = new Device(1);
    final Device second = new Device(2);
    private volatile boolean stop;

    void start() {
        first.other = second;
        second.other = first;
        first.thread.start();
        second.thread.start();
    }

    void stop() throws InterruptedException {
        stop = true;
        first.thread.join(10_000);
        second.thread.join(10_000);
    }

    final class Device implements FrameDevice {
        private final PacketPool pool = PacketPool.ofHeap(1024, 2048);
        private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(512);
        private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::receive);
        private final long mac;
        private Device other;
        private FrameReceiver receiver;

        private Device(int number) {
            mac = 0x0200_0000_0000L | number;
        }

        private void receive() {
            while (!stop) {
                try {
                    byte[] frame = arrived.poll(10, TimeUnit.MILLISECONDS);
                    PacketBuffer packet = frame == null ? null : pool.take();
                    if (packet != null) {
                        packet.bytes().put(packet.append(frame.length), frame);
                        receiver.receive(packet, System.nanoTime());
                    }
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        @Override
        public long macAddress() {
            return mac;
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public int features() {
            return 0;
        }

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public long traffic(Traffic what) {
            return 0; // nobody asks
        }

        @Override
        public void setReceiver(FrameReceiver frameReceiver) {
            receiver = frameReceiver;
        }

        @Override
        public boolean transmit(PacketBuffer frame) {
            byte[] copy = new byte[frame.totalLength()];
            frame.copyOut(0, ByteBuffer.wrap(copy));
            if (!other.arrived.offer(copy)) {
                return false;
            }
            frame.release();
            return true;
        }
    }
}
