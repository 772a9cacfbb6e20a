package dev.cortado.drivers.xen.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.network.SentPackets;
import dev.cortado.drivers.xen.frontend.FakeAccess;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;

/** A pair of rings, its user and its backend, all in the test's thread. */
abstract class RingPairCase {
    private static final int MEMORY_BYTES = 8 << 20;
    static final int BUFFERS = 400;
    static final int POSTED = 64;
    static final long MAC = 0x00163e000001L;
    static final int ALL =
            Offloads.SCATTER
                    | Offloads.CHECKSUM
                    | Offloads.SEGMENTATION_TCP4
                    | Offloads.SEGMENTATION_TCP6;

    final HostMemory memory = new HostMemory(MEMORY_BYTES);
    final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    final FakeAccess access = new FakeAccess(memory);
    final NetworkBuffer[] batch = new NetworkBuffer[8];
    final List<byte[]> received = new ArrayList<>();
    final List<NetworkBuffer> kept = new ArrayList<>();
    NetworkBuffers pool;
    SentPackets packets;
    BufferGrants grants;
    DeviceFrames frames;
    RingPair pair;
    NetworkBackend backend;
    boolean keep;

    @BeforeEach
    void open() throws IOException {
        pool = new NetworkBuffers(new DeviceFrames(source, "buffers"), BUFFERS, 4096);
        packets = new SentPackets(this, RingPair.mostPackets());
        begin(ALL);
    }

    void begin(int offloads) throws IOException {
        frames = new DeviceFrames(source, "rings");
        grants = new BufferGrants(access, 0, pool);
        NetworkParameters parameters = new NetworkParameters(MAC, 1500, offloads, 1, List.of());
        NetworkSettings settings = new NetworkSettings(pool, 1, POSTED, MAC);
        pair =
                new RingPair(
                        "vif",
                        access,
                        0,
                        () -> parameters,
                        settings,
                        grants,
                        frames,
                        packets,
                        new ReentrantLock());
        backend =
                new NetworkBackend(
                        access,
                        pair.transmitReference(),
                        pair.receiveReference(),
                        pair.portNumber());
        pair.start();
    }

    void end() {
        pair.stop();
        grants.close();
        assertTrue(pair.endRings(true));
        pair.giveBack();
        frames.close();
    }

    void checkNothingLost() {
        takeBack();
        assertEquals(BUFFERS, pool.free());
        assertEquals(0, access.grants.size());
        assertEquals(0, frames.bytes());
    }

    NetworkBuffer packet(byte[] bytes, int partBytes) {
        NetworkBuffer first = null;
        NetworkBuffer last = null;
        for (int at = 0; at < bytes.length; at += partBytes) {
            int length = Math.min(partBytes, bytes.length - at);
            NetworkBuffer part = pool.take();
            part.setData(NetworkBuffer.HEADROOM + at % 7, length);
            memory.copyIn(bytes, at, part.address(), length);
            if (first == null) {
                first = part;
            } else {
                last.setNext(part);
            }
            last = part;
        }
        return first;
    }

    int send(NetworkBuffer... all) throws IOException {
        return pair.transmit(all, 0, all.length);
    }

    int takeBack() {
        int count = 0;
        pair.reclaim();
        for (int n = packets.take(batch); n > 0; n = packets.take(batch)) {
            for (int i = 0; i < n; i++) {
                NetworkBuffers.give(batch[i]);
            }
            count += n;
        }
        return count;
    }

    void receive() {
        try {
            for (int n = pair.receive(batch); n > 0; n = pair.receive(batch)) {
                for (int i = 0; i < n; i++) {
                    byte[] bytes = new byte[batch[i].packetLength()];
                    int at = 0;
                    for (NetworkBuffer part = batch[i]; part != null; part = part.next()) {
                        memory.copyOut(part.address(), bytes, at, part.length());
                        at += part.length();
                    }
                    received.add(bytes);
                    if (keep) {
                        kept.add(batch[i]);
                    } else {
                        NetworkBuffers.give(batch[i]);
                    }
                }
            }
        } catch (IOException e) {
            // The driver's thread hears of it.
        }
    }
}
