package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.buffer.PacketQueue;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.ip.IpOutput;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/** A host whose packets are the other's as they are: nothing is copied, and nothing allocated. */
final class DirectWire implements IpOutput {
    final PacketPool pool;
    final PacketQueue incoming = new PacketQueue();
    final ReentrantLock queueLock = new ReentrantLock();
    final TimerQueue timers = new TimerQueue();
    final DropCounters drops = new DropCounters();
    final TcpTransport tcp;
    final IpAddress address;
    DirectWire other;

    /** Every so many packets one is lost; 0 for none. */
    int loseEvery;

    private int count;

    DirectWire(PacketPool pool, IpAddress address, TcpSettings settings) {
        this.pool = pool;
        this.address = address;
        this.tcp = new TcpTransport(settings, this, timers, drops, new Random(address.low()));
    }

    @Override
    public PacketBuffer take() {
        return pool.take();
    }

    @Override
    public SendResult send(PacketBuffer packet, long now) {
        packet.setChecksumGood();
        other.queueLock.lock();
        try {
            if (loseEvery != 0 && ++count % loseEvery == 0 || other.incoming.count() > 200) {
                packet.release();
            } else {
                other.incoming.add(packet);
            }
        } finally {
            other.queueLock.unlock();
        }
        return SendResult.SENT;
    }

    /** Gives one packet to TCP; false if there is none. */
    boolean receiveOne(long now) {
        PacketBuffer packet;
        queueLock.lock();
        try {
            packet = incoming.poll();
        } finally {
            queueLock.unlock();
        }
        if (packet == null) {
            return false;
        }
        tcp.receive(packet, now);
        return true;
    }

    @Override
    public SendResult selectSource(PacketInfo info) {
        info.sourceHigh = address.high();
        info.sourceLow = address.low();
        return SendResult.SENT;
    }

    @Override
    public int pathMtu(long destinationHigh, long destinationLow, long now) {
        return 1500;
    }

    @Override
    public int segmentationLimit(long destinationHigh, long destinationLow) {
        return 0;
    }

    @Override
    public void confirm(long destinationHigh, long destinationLow, long now) {}
}
