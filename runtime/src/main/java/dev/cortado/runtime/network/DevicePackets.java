package dev.cortado.runtime.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.runtime.net.buffer.FreeList;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketPool;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.internal.access.SharedSecrets;

/**
 * The drivers' buffers as the stack's: number i is the same memory on both sides, and is free on
 * both or on neither. So packets go from one to the other without a copy.
 */
final class DevicePackets implements PacketPool.Memory, FreeList {
    private final NetworkBuffers buffers;
    private final PacketPool pool;

    /** Who may have packets that were sent and can be given back. */
    private final List<Runnable> reclaimers = new CopyOnWriteArrayList<>();

    DevicePackets(NetworkBuffers buffers) {
        this.buffers = buffers;
        pool = new PacketPool(buffers.number(), this, this);
        buffers.setMaker(pool::make);
    }

    PacketPool pool() {
        return pool;
    }

    NetworkBuffers buffers() {
        return buffers;
    }

    /** Before there is no buffer left for anybody, he gives back what he can. */
    void addReclaimer(Runnable reclaimer) {
        reclaimers.add(reclaimer);
    }

    @Override
    public int bytes() {
        return buffers.bytes();
    }

    @Override
    public ByteBuffer buffer(int index) {
        NetworkBuffer buffer = buffers.get(index);
        return SharedSecrets.getJavaNioAccess()
                .newDirectByteBuffer(buffer.start(), buffer.capacity(), null, null);
    }

    @Override
    public long device(int index) {
        return buffers.get(index).deviceStart();
    }

    @Override
    public int take() {
        NetworkBuffer buffer = buffers.take();
        if (buffer == null && !reclaimers.isEmpty()) {
            for (Runnable reclaimer : reclaimers) {
                reclaimer.run();
            }
            buffer = buffers.take();
        }
        return buffer == null ? NONE : buffer.index();
    }

    @Override
    public void leave(int index) {
        NetworkBuffer buffer = buffers.get(index);
        if (!buffer.isUsers()) {
            throw new IllegalStateException("Packet buffer " + index + " is given back twice");
        }
        buffer.setNext(null);
    }

    @Override
    public void give(int index) {
        NetworkBuffers.give(buffers.get(index));
    }

    @Override
    public int count() {
        return buffers.freeAbout();
    }

    /** The stack's side of a buffer. */
    PacketBuffer packet(NetworkBuffer buffer) {
        return pool.buffer(buffer.index());
    }

    /** The drivers' side of a buffer. */
    NetworkBuffer buffer(PacketBuffer packet) {
        return buffers.get(packet.index());
    }
}
