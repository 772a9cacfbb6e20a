package dev.cortado.runtime.network;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.network.NetworkAdapter;
import dev.cortado.drivers.network.NetworkDevice;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.kernel.device.DeviceFaults;
import dev.cortado.kernel.ipc.PostponedInterrupt;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.time.NetworkClock;
import dev.cortado.runtime.net.time.TimerQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The machine's network devices, and their drivers at work. */
final class NetworkDevices {
    /** What a device has to send anything, which may wait for a host. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** Of queues: one thread serves all of a device's, so that more would only cost memory. */
    private static final int PAIRS = 1;

    /** Deaths are borne as long as there is time to do something in between. */
    private static final RestartPolicy POLICY =
            new RestartPolicy(
                    60, Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofSeconds(1));

    /**
     * One in use.
     *
     * @param number its interface's
     * @param addresses words of the host's that say which it is to have
     */
    record OpenDevice(int number, DriverFrames frames, List<String> addresses) {}

    private final DevicePackets packets;
    private final MemoryShare share;
    private final NetworkClock clock;
    private final TimerQueue timers;
    private final DropCounters drops;
    private final RandomGenerator random;

    /** Those in use, of all opening threads. */
    private final List<NetworkAdapter> adapters = new CopyOnWriteArrayList<>();

    NetworkDevices(
            DevicePackets packets,
            MemoryShare share,
            NetworkClock clock,
            TimerQueue timers,
            DropCounters drops,
            RandomGenerator random) {
        this.packets = packets;
        this.share = share;
        this.clock = clock;
        this.timers = timers;
        this.drops = drops;
        this.random = random;
    }

    /**
     * Starts all of them at once.
     *
     * @return those that can be driven; of others the console was told
     */
    List<OpenDevice> open(List<NetworkPlace> places) {
        OpenDevice[] opened = new OpenDevice[places.size()];
        List<Thread> openers = new ArrayList<>();
        for (int i = 0; i < opened.length; i++) {
            int number = i;
            openers.add(
                    Thread.ofPlatform()
                            .name("network start " + i)
                            .start(() -> opened[number] = open(places.get(number), opened.length)));
        }
        openers.forEach(opener -> PostponedInterrupt.during(opener::join));
        return Stream.of(opened).filter(Objects::nonNull).toList();
    }

    /** Lets go of all that was opened. */
    void close() {
        adapters.forEach(NetworkAdapter::close);
    }

    /**
     * Starts one that came later than others.
     *
     * @return null if it cannot be driven, of which the console was told
     */
    OpenDevice openLater(NetworkPlace place) {
        return open(place, adapters.size() + 1);
    }

    private OpenDevice open(NetworkPlace place, int devices) {
        NetworkSettings settings =
                new NetworkSettings(
                        packets.buffers(),
                        PAIRS,
                        share.posted(devices * PAIRS),
                        MacAddress.local(random.nextLong()));
        DriverFrames frames = new DriverFrames(packets, clock, timers, drops, share.waiting());
        NetworkAdapter adapter;
        try {
            adapter = place.open(settings, frames, POLICY, new Deaths());
        } catch (IOException e) {
            NetworkConsole.line(e.getMessage());
            return null;
        }
        try {
            frames.start(adapter.device(), now -> adapter.watch(now, PATIENCE));
            receiveGroups(adapter.device());
            adapters.add(adapter);
            return new OpenDevice(place.number(), frames, adapter.addresses());
        } catch (RuntimeException | Error e) {
            adapter.close();
            NetworkConsole.line(place + " cannot be used: " + e);
            return null;
        }
    }

    private static void receiveGroups(NetworkDevice device) {
        try {
            device.setReceiveMode(false, true);
        } catch (IOException e) {
            // The driver is at its end; the next one is told.
        }
    }

    /** A line for each death: the network goes on, but somebody should look at that. */
    private static final class Deaths implements ServiceListener {
        @Override
        public void died(String service, Throwable cause, Duration restartIn) {
            DeviceFaults.add(service, DeviceFaults.Kind.DEATH);
            NetworkConsole.line(service + " has died and is started again: " + cause);
        }

        @Override
        public void restarted(String service) {
            // Its users go on.
        }

        @Override
        public void gaveUp(String service, Throwable cause) {
            NetworkConsole.line(service + " was given up: " + cause);
        }
    }
}
