package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.buffer.ChecksumMark;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketQueue;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.count.Traffic;
import dev.cortado.runtime.net.count.TrafficCounters;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The interface to ourselves. What is sent waits until the service thread takes it: a sender holds
 * locks that a receiver wants.
 */
public final class LoopbackLink extends Link {
    /** As Linux's. */
    public static final int MTU = 65536;

    private static final int LIMIT = 1024;

    private final DropCounters drops;
    private final Runnable wake;
    private final ReentrantLock lock = new ReentrantLock();
    private final PacketQueue queue = new PacketQueue();
    private final TrafficCounters counters = new TrafficCounters();
    private volatile LinkProtocol ipv4;
    private volatile LinkProtocol ipv6;

    /**
     * @param wake wakes the thread that calls {@link #service}
     */
    public LoopbackLink(int index, String name, DropCounters drops, Runnable wake) {
        super(index, name);
        this.drops = drops;
        this.wake = wake;
        setAddress(InterfaceAddress.of(IpAddress.ofIpv4(Ipv4.LOOPBACK), 8));
        setAddress(InterfaceAddress.of(new IpAddress(0, 1), 128));
    }

    @Override
    public int mtu() {
        return MTU;
    }

    @Override
    public int features() {
        return DeviceFeatures.TRANSMIT_CHECKSUM | DeviceFeatures.GATHER;
    }

    @Override
    public boolean isUp() {
        return true;
    }

    @Override
    public long traffic(Traffic what) {
        return what == Traffic.SENT_WAITING ? queue.count() : counters.of(what);
    }

    @Override
    public boolean isLoopback() {
        return true;
    }

    @Override
    public void setProtocols(LinkProtocol ipv4Protocol, LinkProtocol ipv6Protocol) {
        ipv4 = ipv4Protocol;
        ipv6 = ipv6Protocol;
    }

    @Override
    public TransmitResult output(PacketBuffer packet, long nextHigh, long nextLow, long now) {
        packet.discharge();
        boolean isFirst;
        lock.lock();
        try {
            if (queue.count() == LIMIT) {
                counters.add(Traffic.SENT_DROPPED, 1);
                drops.drop(packet, DropReason.DEVICE_FULL);
                return TransmitResult.FULL;
            }
            isFirst = queue.isEmpty();
            counters.add(Traffic.SENT_PACKETS, 1);
            counters.add(Traffic.SENT_BYTES, packet.totalLength());
            queue.add(packet);
        } finally {
            lock.unlock();
        }
        if (isFirst) {
            wake.run();
        }
        return TransmitResult.SENT;
    }

    /**
     * Brings packets to their receivers.
     *
     * @param most how many; those that are sent meanwhile are among them
     * @return whether some are left
     */
    public boolean service(int most, long now) {
        for (int i = 0; i < most; i++) {
            PacketBuffer packet = poll();
            if (packet == null) {
                return false;
            }
            deliver(packet, now);
        }
        return true;
    }

    /** Whether nothing waits. */
    public boolean isIdle() {
        lock.lock();
        try {
            return queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private PacketBuffer poll() {
        lock.lock();
        try {
            PacketBuffer packet = queue.poll();
            if (packet != null) {
                counters.add(Traffic.RECEIVED_PACKETS, 1);
                counters.add(Traffic.RECEIVED_BYTES, packet.totalLength());
            }
            return packet;
        } finally {
            lock.unlock();
        }
    }

    private void deliver(PacketBuffer packet, long now) {
        if (packet.checksum() == ChecksumMark.BLANK) {
            packet.setChecksumGood();
        }
        packet.info().linkBroadcast = false;
        packet.info().interfaceIndex = index();
        packet.info().arrival = now;
        boolean isIpv4 = packet.length() > 0 && packet.bytes().get(packet.start()) >>> 4 == 4;
        LinkProtocol protocol = isIpv4 ? ipv4 : ipv6;
        if (protocol == null) {
            drops.drop(packet, DropReason.ETHERTYPE_UNKNOWN);
        } else {
            protocol.receive(this, packet, now);
        }
    }
}
