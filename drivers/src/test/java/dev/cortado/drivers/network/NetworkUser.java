package dev.cortado.drivers.network;

import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Who sends and receives by a driver, with a pool of its own, all in the test's thread. */
public abstract class NetworkUser implements NetworkListener {
    public static final long MAC = 0x525400123456L;
    public static final long OWN_MAC = 0x020000000001L;

    private static final int MEMORY_BYTES = 4 << 20;

    public final HostMemory memory = new HostMemory(MEMORY_BYTES);
    public final NetworkBuffers pool;

    /** What came; what was told. */
    public final List<byte[]> received = new ArrayList<>();

    public final List<NetworkBuffer> kept = new ArrayList<>();
    public final List<String> told = new ArrayList<>();
    public boolean keep;

    protected final FrameSource source;
    private final NetworkBuffer[] batch = new NetworkBuffer[4];

    /**
     * @param view of the memory's frames, as the device sees them
     * @param bytes of a buffer
     */
    protected NetworkUser(Function<HostFrames, FrameSource> view, int buffers, int bytes)
            throws IOException {
        source = view.apply(new HostFrames(memory, MEMORY_BYTES));
        DeviceFrames frames = new DeviceFrames(source, "buffers");
        pool = new NetworkBuffers(frames, buffers, bytes, BuddyAllocator.NO_LIMIT);
    }

    protected abstract NetworkDriver driver();

    /** A packet in several parts. */
    public final NetworkBuffer packet(byte[] bytes, int... cuts) {
        NetworkBuffer first = null;
        NetworkBuffer last = null;
        int at = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int end = i < cuts.length ? cuts[i] : bytes.length;
            NetworkBuffer part = pool.take();
            part.setData(NetworkBuffer.HEADROOM + i, end - at);
            memory.copyIn(bytes, at, part.address(), end - at);
            at = end;
            if (first == null) {
                first = part;
            } else {
                last.setNext(part);
            }
            last = part;
        }
        return first;
    }

    /** What all parts of a packet have. */
    public final byte[] bytes(NetworkBuffer packet) {
        byte[] bytes = new byte[packet.packetLength()];
        int at = 0;
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            memory.copyOut(part.address(), bytes, at, part.length());
            at += part.length();
        }
        return bytes;
    }

    /** By the first queue; how many were taken. */
    public final int send(NetworkBuffer... packets) throws IOException {
        return driver().queue(0).transmit(packets, 0, packets.length);
    }

    /** Takes back what was sent, into the pool; how many packets. */
    public final int takeBack(int queue) {
        int count = 0;
        NetworkQueue pair = driver().queue(queue);
        for (int n = pair.takeTransmitted(batch); n > 0; n = pair.takeTransmitted(batch)) {
            for (int i = 0; i < n; i++) {
                NetworkBuffers.give(batch[i]);
            }
            count += n;
        }
        return count;
    }

    @Override
    public final void received(int queue) {
        try {
            NetworkQueue pair = driver().queue(queue);
            for (int n = pair.receive(batch); n > 0; n = pair.receive(batch)) {
                for (int i = 0; i < n; i++) {
                    received.add(bytes(batch[i]));
                    if (keep) {
                        kept.add(batch[i]);
                    } else {
                        NetworkBuffers.give(batch[i]);
                    }
                }
            }
        } catch (IOException e) {
            told.add("failed"); // the driver's thread hears of it
        }
    }

    @Override
    public final void transmitted(int queue) {
        told.add("transmitted " + queue);
    }

    @Override
    public final void linkChanged(boolean up) {
        told.add("link " + up);
    }

    @Override
    public final void announce() {
        told.add("announce");
    }
}
