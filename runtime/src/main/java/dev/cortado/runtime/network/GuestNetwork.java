package dev.cortado.runtime.network;

import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.kernel.machine.LastTasks;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.kernel.start.CommandLine;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.dns.Resolver;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.tcp.TcpTransport;
import dev.cortado.runtime.net.time.NetworkClock;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.random.HardwareRandom;
import dev.cortado.runtime.socket.SocketHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The guest's network: made and started when it is first asked for. Who asks for nothing has
 * nothing of it in its image.
 */
public final class GuestNetwork implements SocketHost {
    private static final String LOCALHOST = "localhost";

    /** 127.0.0.0/8. */
    private static final int LOOPBACK_NETWORK = 127;

    private static volatile GuestNetwork network;

    /** Why there is none. */
    private static volatile Throwable failure;

    /** Whether somebody has asked for it. */
    private static volatile boolean begun;

    /** What DHCP has, at first. */
    private static final long CONFIGURATION_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final NetworkClock clock = System::nanoTime;
    private final NetworkThread thread = new NetworkThread(clock);
    private final NetworkStack stack;
    private final TcpTransport tcp;
    private final Resolver resolver;
    private final NameLookup names;
    private final List<GuestInterface> interfaces = new ArrayList<>();
    private final ConfigurationWait configuration = new ConfigurationWait(CONFIGURATION_NANOS);

    private GuestNetwork() {
        PoolRandom random = new PoolRandom(HardwareRandom.POOL);
        MemoryShare share = new MemoryShare(Memory.totalBytes());
        InterfaceWords words = new InterfaceWords(CommandLine.networkWords(), NetworkConsole::line);
        List<VirtioPlace> places = words.isNone() ? List.of() : NetworkDevices.places();
        DevicePackets packets = places.isEmpty() ? null : packets(share);
        PacketPool pool =
                packets == null
                        ? PacketPool.ofHeap(share.buffers(), MemoryShare.BUFFER_BYTES)
                        : packets.pool();
        stack = new NetworkStack(pool, random, thread::wake);
        tcp = new TcpTransport(share.tcp(), stack.ip(), stack.timers(), stack.drops(), random);
        stack.ip().setTransport(IpProtocol.TCP, tcp);
        resolver = new Resolver(stack.udp(), stack.timers(), stack.drops(), random);
        names = new NameLookup(resolver, clock);
        thread.start(stack);
        if (packets != null) {
            NetworkDevices devices =
                    new NetworkDevices(
                            packets, share, clock, stack.timers(), stack.drops(), random);
            try {
                addDevices(devices.open(places), words, random);
            } catch (RuntimeException | Error e) {
                devices.close();
                throw e;
            }
        }
        configuration.start(interfaces);
        LastTasks.add(new Farewell(tcp, clock));
    }

    /** Null if there is no memory for them, of which the console was told. */
    private static DevicePackets packets(MemoryShare share) {
        DeviceFrames frames = new DeviceFrames(new PooledFrames(), "network");
        try {
            return new DevicePackets(
                    new NetworkBuffers(frames, share.buffers(), MemoryShare.BUFFER_BYTES));
        } catch (IOException e) {
            frames.close();
            NetworkConsole.line(e.getMessage());
            return null;
        }
    }

    private void addDevices(
            List<DriverFrames> devices, InterfaceWords words, RandomGenerator random) {
        NameServers nameServers = new NameServers(resolver);
        Set<String> unknown = new LinkedHashSet<>(words.names());
        for (int i = 0; i < devices.size(); i++) {
            String name = "eth" + i;
            unknown.remove(name);
            DriverFrames frames = devices.get(i);
            if (frames != null) {
                EthernetLink link = stack.addDevice(name, frames);
                GuestInterface made =
                        new GuestInterface(
                                stack,
                                clock,
                                random,
                                link,
                                words.plan(name),
                                nameServers,
                                configuration::changed);
                frames.setLinkListener(made::linkChanged);
                interfaces.add(made);
            }
        }
        for (String name : unknown) {
            NetworkConsole.line("command line: there is no interface " + name);
        }
        interfaces.forEach(GuestInterface::start);
    }

    /** This machine's, with loopback and every network device that a linked driver drives. */
    public static GuestNetwork get() {
        GuestNetwork made = network;
        if (made == null) {
            synchronized (GuestNetwork.class) {
                made = network;
                if (made == null) {
                    made = start();
                    network = made;
                }
            }
        }
        return made;
    }

    /** What {@link #get} has returned, or null: starts nothing, and waits for nothing. */
    static GuestNetwork running() {
        return network;
    }

    /** Whether somebody has asked for the network. */
    static boolean isBegun() {
        return begun;
    }

    /** Why there is none, or null. */
    static Throwable failure() {
        return failure;
    }

    /** Tried once: what it was that failed is said each time. */
    private static GuestNetwork start() {
        if (failure != null) {
            throw new IllegalStateException("The network could not be started", failure);
        }
        begun = true;
        try {
            return new GuestNetwork();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public NetworkStack stack() {
        return stack;
    }

    Resolver resolver() {
        return resolver;
    }

    /** With the addresses that they have been given; not to be changed. */
    List<GuestInterface> interfaces() {
        return interfaces;
    }

    @Override
    public TcpTransport tcp() {
        return tcp;
    }

    @Override
    public NetworkClock clock() {
        return clock;
    }

    /**
     * Waits, some ten seconds at most, until an interface has an address, or there is none that
     * could get one; not at all if that was so before.
     */
    public void awaitConfigured() {
        configuration.await();
    }

    /**
     * Looks for a host's addresses and waits for the answer: in the hosts file and the cache first,
     * then asks a name server.
     *
     * @param host a name, or an address in digits
     * @throws LookupException there is none of those families
     */
    public List<IpAddress> lookup(String host, boolean ipv4, boolean ipv6) throws LookupException {
        return names.lookup(host, ipv4, ipv6);
    }

    /** The name of an address; null if nobody knows one. No name server is asked. */
    public String reverse(IpAddress address) {
        boolean isLoopback =
                address.isIpv4()
                        ? address.ipv4() >>> 24 == LOOPBACK_NETWORK
                        : address.equals(IpAddress.parse("::1"));
        return isLoopback ? LOCALHOST : null;
    }

    /** Ours; {@code localhost} if nobody said another. */
    public String hostName() {
        return LOCALHOST;
    }
}
