package dev.cortado.drivers.network.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A card's driver, its user and its model, all in the test's thread. */
public final class CardCase implements NetworkListener {
    public static final long MAC = 0x525400123456L;
    public static final long OWN_MAC = 0x020000000001L;

    private static final int MEMORY_BYTES = 4 << 20;

    public final HostMemory memory = new HostMemory(MEMORY_BYTES);
    public final CardModel model;
    public final NetworkBuffers pool;
    public CardDriver driver;

    /** What came; what was told. */
    public final List<byte[]> received = new ArrayList<>();

    public final List<NetworkBuffer> kept = new ArrayList<>();
    public final List<String> told = new ArrayList<>();
    public boolean keep;

    private final FrameSource source;
    private final NetworkBuffer[] batch = new NetworkBuffer[4];
    private final DeviceFrames poolFrames;
    private DeviceFrames frames;
    private boolean isIsolated;

    /** Makes a model. */
    public interface Maker {
        CardModel make(HostMemory memory, long deviceOffset);
    }

    /**
     * @param isHigh whether all memory is above 4 GiB
     */
    public CardCase(Maker maker, boolean isHigh, int buffers) throws IOException {
        long offset = isHigh ? HostFrames.DEVICE_OFFSET : LowFrames.DEVICE_OFFSET;
        model = maker.make(memory, offset);
        HostFrames high = new HostFrames(memory, MEMORY_BYTES);
        source = isHigh ? high : new LowFrames(high);
        poolFrames = new DeviceFrames(source, "buffers");
        pool = new NetworkBuffers(poolFrames, buffers, 2048, BuddyAllocator.NO_LIMIT);
    }

    public CardDriver start(int posted) throws IOException, InterruptedException {
        frames = new DeviceFrames(source, "card");
        isIsolated = false;
        NetworkCard card = model.card(frames);
        NetworkSettings settings = new NetworkSettings(pool, 1, posted, OWN_MAC);
        driver = new CardDriver(card, settings, this, () -> isIsolated = true);
        return driver;
    }

    /** Whether the card was kept from memory. */
    public boolean isIsolated() {
        return isIsolated;
    }

    /** The owner's end of a driver: the card is reset, then its rings' frames go. */
    public void end() {
        driver.close();
        assertTrue(isIsolated);
        frames.close();
    }

    /** What the driver's thread does when it is interrupted. */
    public void serve() throws IOException {
        model.interruptTaken();
        driver.interrupted();
        for (int i = 0; driver.service(0); i++) {
            assertTrue(i < 100, "it comes to no end");
        }
    }

    /** A packet in several parts. */
    public NetworkBuffer packet(byte[] bytes, int... cuts) {
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

    public int send(NetworkBuffer... packets) throws IOException {
        return driver.queue(0).transmit(packets, 0, packets.length);
    }

    /** Takes back what was sent, into the pool; how many packets. */
    public int takeBack() {
        int count = 0;
        NetworkQueue pair = driver.queue(0);
        for (int n = pair.takeTransmitted(batch); n > 0; n = pair.takeTransmitted(batch)) {
            for (int i = 0; i < n; i++) {
                NetworkBuffers.give(batch[i]);
            }
            count += n;
        }
        return count;
    }

    private byte[] bytes(NetworkBuffer packet) {
        byte[] bytes = new byte[packet.length()];
        memory.copyOut(packet.address(), bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public void received(int queue) {
        try {
            NetworkQueue pair = driver.queue(queue);
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
    public void transmitted(int queue) {
        told.add("transmitted " + queue);
    }

    @Override
    public void linkChanged(boolean up) {
        told.add("link " + up);
    }

    @Override
    public void announce() {
        told.add("announce");
    }

    public void forget() {
        received.clear();
        told.clear();
    }

    /** Nobody has a buffer any more, and the driver no frames. */
    public void checkNothingLost() {
        assertEquals(pool.number(), pool.free());
        assertEquals(0, frames.bytes());
    }
}
