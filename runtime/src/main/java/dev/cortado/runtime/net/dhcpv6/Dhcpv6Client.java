package dev.cortado.runtime.net.dhcpv6;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ndp.Autoconfiguration;
import dev.cortado.runtime.net.time.Timer;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.udp.UdpLayer;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.Dhcpv6Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * A DHCPv6 client of one interface, with one identity association (RFC 8415, 18.2). Who starts it
 * has heard a router say what servers have: addresses and all else, or all but addresses. Whether
 * somebody else has an address is asked by {@link Autoconfiguration}, which also knows when its
 * time is over.
 */
public final class Dhcpv6Client {
    private final DropCounters drops;
    private final Dhcpv6Listener listener;
    private final UdpSocket socket;
    private final Binding binding;
    private final Conversation conversation;
    private final Dhcpv6Machine machine;

    private final ReentrantLock lock = new ReentrantLock();

    /** Of which the listener is told when the lock is let go of. */
    private final List<Runnable> toTell = new ArrayList<>();

    private final class StateTimer extends Timer {
        @Override
        protected void expired(long now) {
            within(() -> {
                if (!isSet()) {
                    machine.expired(now);
                }
            });
        }
    }

    private final class Events implements Dhcpv6Machine.Events {
        @Override
        public void leased(Dhcpv6Lease lease) {
            toTell.add(() -> listener.leased(Dhcpv6Client.this, lease));
        }

        @Override
        public void lost(Dhcpv6Lease lease) {
            toTell.add(() -> listener.lost(Dhcpv6Client.this, lease));
        }

        @Override
        public void informed(Dhcpv6Information information) {
            toTell.add(() -> listener.informed(Dhcpv6Client.this, information));
        }

        /** Without a lock of who tells. */
        @Override
        public void conflict(IpAddress address, long now) {
            within(() -> machine.conflict(address, now));
        }
    }

    /**
     * @param identifier the host's
     */
    public Dhcpv6Client(
            Autoconfiguration addresses,
            IpLayer ip,
            UdpLayer udp,
            TimerQueue timers,
            DropCounters drops,
            RandomGenerator random,
            Duid identifier,
            Dhcpv6Listener listener) {
        this.drops = drops;
        this.listener = listener;
        int association = addresses.link().index();
        socket = udp.open();
        socket.options().setInterface(association);
        // Another interface has a client with that port too.
        socket.options().setReuseAddress(true);
        socket.setListener((from, now) -> received(now));
        binding = new Binding(addresses);
        conversation =
                new Conversation(
                        new Dhcpv6Sender(ip, socket, drops, identifier, association),
                        random,
                        identifier,
                        association);
        machine =
                new Dhcpv6Machine(
                        binding, conversation, timers, new StateTimer(), random, new Events());
    }

    /** Does something under the lock, and tells the listener of it afterwards. */
    private void within(Runnable step) {
        List<Runnable> told;
        lock.lock();
        try {
            step.run();
            told = List.copyOf(toTell);
            toTell.clear();
        } finally {
            lock.unlock();
        }
        told.forEach(Runnable::run);
    }

    public Dhcpv6State state() {
        lock.lock();
        try {
            return machine.state();
        } finally {
            lock.unlock();
        }
    }

    /** What we were given, or null. Takes no lock. */
    public Dhcpv6Lease lease() {
        return binding.lease();
    }

    /**
     * A router says that servers have something. Does nothing if that is being asked for.
     *
     * @param hasAddresses whether they have addresses; else they have all but those
     */
    public void start(boolean hasAddresses, long now) {
        within(() -> {
            if (socket.localPort() == 0) {
                socket.bind(IpAddress.UNSPECIFIED, Dhcpv6Message.CLIENT_PORT);
            }
            machine.start(hasAddresses, now);
        });
    }

    /** The link has come up again, maybe somewhere else. */
    public void linkChanged(long now) {
        within(() -> machine.linkChanged(now));
    }

    /** Gives the addresses back. */
    public void stop(long now) {
        within(() -> machine.stop(now));
    }

    private void received(long now) {
        for (PacketBuffer packet = socket.receive(); packet != null; packet = socket.receive()) {
            PacketBuffer next = packet;
            try {
                within(() -> received(next, now));
            } finally {
                packet.release();
            }
        }
    }

    private void received(PacketBuffer packet, long now) {
        int at = packet.start();
        // An answer that came in fragments, in several pieces, is longer than any that we read.
        if (packet.continuation() != null
                || !Dhcpv6Message.check(packet.bytes(), at, packet.length())) {
            drops.count(DropReason.DHCP6_MALFORMED);
            return;
        }
        Dhcpv6Answer answer =
                machine.isExpected(Dhcpv6Message.type(packet.bytes(), at))
                        ? conversation.read(packet)
                        : null;
        IpAddress from = new IpAddress(packet.info().sourceHigh, packet.info().sourceLow);
        if (answer == null || !machine.take(answer, from, now)) {
            drops.count(DropReason.DHCP6_IGNORED);
        }
    }
}
