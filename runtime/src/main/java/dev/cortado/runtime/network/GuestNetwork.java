package dev.cortado.runtime.network;

import dev.cortado.drivers.network.MachineNetwork;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkBus;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.kernel.machine.LastTasks;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.kernel.start.CommandLine;
import dev.cortado.runtime.configuration.VlanName;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.dhcpv6.Duid;
import dev.cortado.runtime.net.dns.DnsConfiguration;
import dev.cortado.runtime.net.dns.HostsFile;
import dev.cortado.runtime.net.dns.Resolver;
import dev.cortado.runtime.net.ip.DestinationOrder;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.tcp.TcpTransport;
import dev.cortado.runtime.net.time.NetworkClock;
import dev.cortado.runtime.net.wire.EthernetFrame;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.random.HardwareRandom;
import dev.cortado.runtime.socket.SocketHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
    private final RandomGenerator random = new PoolRandom(HardwareRandom.POOL);
    private final InterfaceWords words =
            new InterfaceWords(CommandLine.networkWords(), NetworkConsole::line);
    private final ConfiguredInterfaces configured = ConfiguredInterfaces.ofMachine();

    /** Added to by one thread at a time, which holds its monitor. */
    private final List<GuestInterface> interfaces = new CopyOnWriteArrayList<>();

    private final NameServers nameServers;

    /** Who we are to servers, by the first interface; null until there is one. */
    private Duid identifier;

    /** Null if there is loopback only. */
    private final NetworkDevices devices;

    /** All that was there at the start is in use. */
    private final CountDownLatch started = new CountDownLatch(1);

    private final ConfigurationWait configuration = new ConfigurationWait(CONFIGURATION_NANOS);

    private GuestNetwork() {
        NetworkBus bus = MachineNetwork.bus();
        MemoryShare share =
                new MemoryShare(Memory.totalBytes(), bus.bufferBytes(), bus.mostBuffers());
        List<NetworkPlace> places =
                words.isNone() ? List.of() : bus.start(this::found, NetworkConsole::line);
        boolean mayHaveDevices = !places.isEmpty() || !words.isNone() && bus.isGrowing();
        DevicePackets packets = mayHaveDevices ? packets(share, bus.addressLimit()) : null;
        PacketPool pool =
                packets == null
                        ? PacketPool.ofHeap(share.buffers(), share.bufferBytes())
                        : packets.pool();
        stack = new NetworkStack(pool, random, thread::wake);
        tcp = new TcpTransport(share.tcp(), stack.ip(), stack.timers(), stack.drops(), random);
        stack.ip().setTransport(IpProtocol.TCP, tcp);
        resolver = new Resolver(stack.udp(), stack.timers(), stack.drops(), random);
        names = new NameLookup(resolver, clock);
        nameServers = new NameServers(resolver);
        thread.start(stack);
        devices =
                packets == null
                        ? null
                        : new NetworkDevices(
                                packets, share, clock, stack.timers(), stack.drops(), random);
        if (devices != null) {
            try {
                addDevices(devices.open(places));
                new PacketMaker(packets.buffers(), stack.timers()).start(clock.nanoTime());
            } catch (RuntimeException | Error e) {
                devices.close();
                throw e;
            }
        }
        configuration.start(interfaces);
        LastTasks.add(new Farewell(tcp, clock));
        started.countDown();
    }

    /** Null if there is no memory for them, of which the console was told. */
    private static DevicePackets packets(MemoryShare share, long limit) {
        DeviceFrames frames = new DeviceFrames(new PooledFrames(), "network");
        try {
            return new DevicePackets(
                    new NetworkBuffers(frames, share.buffers(), share.bufferBytes(), limit));
        } catch (IOException e) {
            frames.close();
            NetworkConsole.line(e.getMessage());
            return null;
        }
    }

    private void addDevices(List<NetworkDevices.OpenDevice> opened) {
        Set<String> unknown = new LinkedHashSet<>(words.names());
        synchronized (interfaces) {
            for (NetworkDevices.OpenDevice device : opened) {
                add(device).forEach(each -> unknown.remove(each.link().name()));
            }
        }
        for (String name : unknown) {
            NetworkConsole.line("command line: there is no interface " + name);
        }
        configured.unused().forEach(NetworkConsole::line);
        interfaces.forEach(GuestInterface::start);
    }

    private List<GuestInterface> add(NetworkDevices.OpenDevice device) {
        String name = "eth" + device.number();
        String address = EthernetFrame.toString(device.frames().macAddress());
        List<Integer> vlans = new ArrayList<>(words.vlans(name));
        vlans.addAll(configured.vlans(name, address));
        List<GuestInterface> made =
                DeviceEthernets.of(
                                name, device.frames(), vlans, stack.drops(), NetworkConsole::line)
                        .stream()
                        .map(each -> add(each, address, device.addresses()))
                        .toList();
        device.frames().setLinkListener(() -> made.forEach(GuestInterface::linkChanged));
        interfaces.addAll(made);
        return made;
    }

    /**
     * @param hosts addresses that the host wants the device to have, not a VLAN on it
     */
    private GuestInterface add(
            DeviceEthernets.Ethernet ethernet, String address, List<String> hosts) {
        VlanName which = ethernet.name();
        String name = which.toString();
        EthernetLink link = stack.addDevice(name, ethernet.frames());
        InterfacePlan plan =
                configured.plan(which.parent(), address, which.vlan(), NetworkConsole::line);
        if (plan != null) {
            words.otherwise(name, plan);
        }
        identifier = identifier == null ? Duid.ofMacAddress(link.macAddress()) : identifier;
        return new GuestInterface(
                stack,
                clock,
                random,
                link,
                words.plan(name, which.vlan() == 0 ? hosts : List.of()),
                identifier,
                nameServers,
                configuration::changed);
    }

    /** A device has come while the machine runs; who says so is not kept. */
    private void found(NetworkPlace place) {
        Thread.ofPlatform()
                .daemon()
                .name("network start eth" + place.number())
                .start(() -> addLater(place));
    }

    private void addLater(NetworkPlace place) {
        try {
            started.await();
        } catch (InterruptedException e) {
            return; // nobody does that
        }
        if (devices == null) {
            NetworkConsole.line(
                    place + " is not used: a first network device has to be there at the start");
            return;
        }
        NetworkDevices.OpenDevice device = devices.openLater(place);
        if (device != null) {
            List<GuestInterface> made;
            synchronized (interfaces) {
                made = add(device);
            }
            made.forEach(GuestInterface::start);
        }
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
     * Looks for a host's addresses and waits for the answer: in the cache first, then asks a name
     * server. The best to try is the first (RFC 6724, 6).
     *
     * @param host a name, or an address in digits
     * @throws LookupException there is none of those families
     */
    public List<IpAddress> lookup(String host, boolean ipv4, boolean ipv6) throws LookupException {
        return new DestinationOrder(stack.ip()).sort(names.lookup(host, ipv4, ipv6));
    }

    /** The name of an address; null if nobody knows one. No name server is asked. */
    public String reverse(IpAddress address) {
        boolean isLoopback =
                address.isIpv4()
                        ? address.ipv4() >>> 24 == LOOPBACK_NETWORK
                        : address.equals(IpAddress.parse("::1"));
        return isLoopback ? LOCALHOST : resolver.nameOf(address);
    }

    /** Names that are known without asking, in place of those before. */
    public void setHosts(HostsFile hosts) {
        resolver.setHosts(hosts);
    }

    /** Whom it asks for names now. */
    public DnsConfiguration nameServers() {
        return resolver.configuration();
    }

    /** Ours; {@code localhost} if nobody said another. */
    public String hostName() {
        String own = HostName.own();
        return own == null ? LOCALHOST : own;
    }
}
