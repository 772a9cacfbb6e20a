package dev.cortado.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkAdapter;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkDevice;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.time.TimerQueue;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices that a machine has at its start, and that come later. */
final class NetworkDevicesTest {
    private static final int PAGE = 4096;

    private final Arena arena = Arena.ofShared();
    private final MemoryShare share = new MemoryShare(16 << 20, PAGE, 4096);
    private final List<Place> closed = new ArrayList<>();
    private NetworkDevices devices;
    private DevicePackets packets;

    private final class Place implements NetworkPlace, NetworkAdapter {
        private final int number;
        private final FakeDevice device = new FakeDevice();
        private NetworkSettings settings;
        private NetworkListener listener;

        Place(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public NetworkAdapter open(
                NetworkSettings wanted,
                NetworkListener user,
                RestartPolicy policy,
                ServiceListener deaths) {
            settings = wanted;
            listener = user;
            return this;
        }

        @Override
        public NetworkDevice device() {
            return device;
        }

        @Override
        public List<String> addresses() {
            return List.of("10.0.0." + number + "/24");
        }

        @Override
        public void close() {
            closed.add(this);
        }
    }

    @BeforeEach
    void begin() throws IOException {
        DeviceFrames memory = new DeviceFrames(new RealFrames(arena), "test");
        packets = new DevicePackets(new NetworkBuffers(memory, share.buffers(), PAGE));
        devices =
                new NetworkDevices(
                        packets,
                        share,
                        () -> 0,
                        new TimerQueue(),
                        new DropCounters(),
                        new Random(1));
    }

    @AfterEach
    void end() {
        arena.close();
    }

    @Test
    void eachHasItsNumberAndItsPartOfTheBuffers() {
        Place first = new Place(0);
        Place second = new Place(3);
        List<NetworkDevices.OpenDevice> opened = devices.open(List.of(first, second));
        assertEquals(List.of(0, 3), opened.stream().map(one -> one.number()).toList());
        assertEquals(List.of("10.0.0.3/24"), opened.get(1).addresses());
        assertSame(first.listener, opened.get(0).frames());
        assertTrue(opened.get(0).frames().isUp());
        assertEquals(PAGE, first.settings.buffers().bytes());
        assertEquals(share.posted(2), first.settings.posted());
        Place later = new Place(1);
        NetworkDevices.OpenDevice third = devices.openLater(later);
        assertEquals(1, third.number());
        assertEquals(share.posted(3), later.settings.posted());
        int all = first.settings.posted() + second.settings.posted() + later.settings.posted();
        assertTrue(all < share.buffers(), all + " of " + share.buffers());
        devices.close();
        assertEquals(3, closed.size());
    }
}
