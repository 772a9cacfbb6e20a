package dev.cortado.runtime.net.dhcp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.time.Timer;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.udp.UdpLayer;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.DhcpMessage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * A DHCP client of one interface (RFC 2131, 4.4). It takes the first offer that a host can live
 * with, asks by ARP whether somebody has the address, and gives it back if so. Answers count only
 * if they are to what was asked: by transaction, MAC address, server and state.
 */
public final class DhcpClient {
    static final long SECOND = 1_000_000_000L;

    /** RFC 2131, 4.1: 4, 8, 16, 32, 64 seconds, each give or take one. */
    private static final int FIRST_WAIT = 4;

    private static final int LONGEST_WAIT = 64;

    /** After so many requests without an answer another offer is looked for. */
    private static final int REQUESTS = 4;

    /** RFC 2131, 3.1, 5: after a conflict ten seconds at least. */
    private static final long CONFLICT_WAIT = 10 * SECOND;

    /** How long the one ARP probe waits for an answer. */
    private static final long PROBE_WAIT = SECOND / 2;

    /** RFC 2131, 4.4.5: half of the time that is left, but not sooner than after a minute. */
    private static final long RENEWAL_WAIT = 60 * SECOND;

    private final EthernetLink link;
    private final TimerQueue timers;
    private final DropCounters drops;
    private final RandomGenerator random;
    private final DhcpListener listener;
    private final DhcpSender sender;
    private final LeaseSetup setup;
    private final UdpSocket socket;
    private final StateTimer timer = new StateTimer();

    private final ReentrantLock lock = new ReentrantLock();
    private DhcpState state = DhcpState.STOPPED;
    private int transaction;
    private int tries;
    private long begun;
    private DhcpLease offer;
    private DhcpLease lease;

    /** When the request went out that made the lease; its time counts from there. */
    private long requested;

    private long leasedAt;

    private final class StateTimer extends Timer {
        @Override
        protected void expired(long now) {
            DhcpClient.this.expired(now);
        }
    }

    public DhcpClient(
            EthernetLink link,
            IpLayer ip,
            UdpLayer udp,
            TimerQueue timers,
            DropCounters drops,
            RandomGenerator random,
            DhcpListener listener) {
        this.link = link;
        setup = new LeaseSetup(link, ip);
        this.timers = timers;
        this.drops = drops;
        this.random = random;
        this.listener = listener;
        socket = udp.open();
        socket.options().setInterface(link.index());
        // Another interface has a client with that port too.
        socket.options().setReuseAddress(true);
        socket.setListener((from, now) -> received(now));
        sender = new DhcpSender(link, ip, socket, drops);
    }

    public DhcpState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** What we were given, or null. */
    public DhcpLease lease() {
        lock.lock();
        try {
            return lease;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks for a server; if it did already, from the start: after the link was somewhere else. An
     * address whose time is not over stays meanwhile, and is asked for again.
     */
    public void start(long now) {
        DhcpLease gone = null;
        lock.lock();
        try {
            if (socket.localPort() == 0) {
                socket.bind(IpAddress.ofIpv4(Ipv4.UNSPECIFIED), DhcpMessage.CLIENT_PORT);
            }
            if (lease != null && now - end() < 0) {
                beginReboot(now);
            } else {
                gone = giveUp();
                begin(now);
            }
        } finally {
            lock.unlock();
        }
        tellLost(gone);
    }

    /** Gives the address back (RFC 2131, 4.4.6). */
    public void stop(long now) {
        DhcpLease gone;
        lock.lock();
        try {
            if (lease != null) {
                sender.release(random.nextInt(), lease, now);
            }
            gone = giveUp();
            link.endProbe();
            state = DhcpState.STOPPED;
            timers.cancel(timer);
        } finally {
            lock.unlock();
        }
        tellLost(gone);
    }

    private void tellLost(DhcpLease gone) {
        if (gone != null) {
            listener.lost(this, gone);
        }
    }

    private void begin(long now) {
        state = DhcpState.SELECTING;
        transaction = random.nextInt();
        tries = 0;
        begun = now;
        offer = null;
        discover(now);
    }

    /** RFC 2131, 3.2: whether the address is good where we are now. */
    private void beginReboot(long now) {
        state = DhcpState.REBOOTING;
        transaction = random.nextInt();
        tries = 0;
        begun = now;
        reboot(now);
    }

    private void reboot(long now) {
        requested = now;
        sender.reboot(transaction, seconds(now), lease, now);
        waitForAnswer(now);
    }

    /** RFC 2131, 3.2, 3: without an answer it is ours for the time that is left. */
    private DhcpLease rebootAgain(long now) {
        if (now - end() >= 0) {
            return renew(now);
        }
        if (tries < REQUESTS) {
            reboot(now);
        } else {
            state = DhcpState.BOUND;
            waitForRenewal(now);
        }
        return null;
    }

    private long end() {
        return leasedAt + lease.seconds() * SECOND;
    }

    private void discover(long now) {
        sender.discover(transaction, seconds(now), now);
        waitForAnswer(now);
    }

    private int seconds(long now) {
        return (int) Math.min(0xffff, (now - begun) / SECOND);
    }

    private void waitForAnswer(long now) {
        long seconds = Math.min(LONGEST_WAIT, FIRST_WAIT << Math.min(tries, 10));
        tries++;
        timers.set(timer, now + (seconds - 1) * SECOND + random.nextLong(2 * SECOND));
    }

    private void expired(long now) {
        DhcpLease gone = null;
        DhcpLease fresh = null;
        lock.lock();
        try {
            if (timer.isSet()) {
                return;
            }
            switch (state) {
                case INIT -> begin(now);
                case SELECTING -> discover(now);
                case REQUESTING -> {
                    if (tries < REQUESTS) {
                        request(now);
                    } else {
                        begin(now);
                    }
                }
                case PROBING -> fresh = bind(now);
                case REBOOTING -> gone = rebootAgain(now);
                case BOUND, RENEWING, REBINDING -> gone = renew(now);
                case STOPPED -> {}
            }
        } finally {
            lock.unlock();
        }
        tellLost(gone);
        if (fresh != null) {
            listener.leased(this, fresh);
        }
    }

    private void request(long now) {
        requested = now;
        sender.request(transaction, seconds(now), offer, now);
        waitForAnswer(now);
    }

    /** Nobody has the address: it is ours. */
    private DhcpLease bind(long now) {
        link.endProbe();
        lease = setup.configure(lease, offer);
        leasedAt = requested;
        state = DhcpState.BOUND;
        waitForRenewal(now);
        link.announce(lease.address().ipv4());
        return lease;
    }

    /** What we had until now, or null. */
    private DhcpLease giveUp() {
        DhcpLease gone = lease;
        if (gone != null) {
            setup.remove(gone);
            lease = null;
        }
        return gone;
    }

    private void waitForRenewal(long now) {
        if (lease.seconds() != DhcpLease.FOR_EVER) {
            timers.set(timer, leasedAt + lease.renewalSeconds() * SECOND);
        } else {
            timers.cancel(timer);
        }
    }

    /** RFC 2131, 4.4.5. Returns the lease if it is over. */
    private DhcpLease renew(long now) {
        long end = end();
        long rebinding = leasedAt + lease.rebindingSeconds() * SECOND;
        if (now - end >= 0) {
            DhcpLease gone = giveUp();
            begin(now);
            return gone;
        }
        boolean isLate = now - rebinding >= 0;
        if (state == DhcpState.BOUND || isLate && state == DhcpState.RENEWING) {
            transaction = random.nextInt();
            begun = now;
        }
        state = isLate ? DhcpState.REBINDING : DhcpState.RENEWING;
        requested = now;
        sender.renew(transaction, seconds(now), lease, isLate, now);
        long next = isLate ? end : rebinding;
        long wait = Math.max((next - now) / 2, RENEWAL_WAIT);
        timers.set(timer, now + Math.min(wait, next - now));
        return null;
    }

    private void received(long now) {
        for (PacketBuffer packet = socket.receive(); packet != null; packet = socket.receive()) {
            try {
                received(packet, now);
            } finally {
                packet.release();
            }
        }
    }

    private void received(PacketBuffer packet, long now) {
        DhcpLease gone = null;
        DhcpLease fresh = null;
        lock.lock();
        try {
            int at = packet.start();
            int length = packet.length();
            // An answer that came in fragments, in several pieces, is longer than we said we take.
            if (packet.continuation() != null || !DhcpMessage.check(packet.bytes(), at, length)) {
                drops.count(DropReason.DHCP_MALFORMED);
                return;
            }
            if (!DhcpAnswer.isTo(packet, transaction, link.macAddress())) {
                drops.count(DropReason.DHCP_IGNORED);
                return;
            }
            DhcpLease said = DhcpLease.of(packet.bytes(), at, length);
            int type = DhcpMessage.messageType(packet.bytes(), at, length);
            if (type == DhcpMessage.OFFER && state == DhcpState.SELECTING && said != null) {
                offer = said;
                state = DhcpState.REQUESTING;
                tries = 0;
                request(now);
            } else if (type == DhcpMessage.ACKNOWLEDGE
                    && DhcpAnswer.isExpected(state, said, offer, lease)) {
                fresh = acknowledged(said, now);
            } else if (type == DhcpMessage.REFUSE
                    && DhcpAnswer.isFromServer(state, packet, offer, lease)) {
                gone = refused(now);
            } else {
                drops.count(DropReason.DHCP_IGNORED);
            }
        } finally {
            lock.unlock();
        }
        tellLost(gone);
        if (fresh != null) {
            listener.leased(this, fresh);
        }
    }

    private DhcpLease acknowledged(DhcpLease said, long now) {
        if (state == DhcpState.REQUESTING) {
            offer = said;
            state = DhcpState.PROBING;
            timers.set(timer, now + PROBE_WAIT);
            // The one who answers does so in the link's thread, without a lock.
            link.probe(said.address().ipv4(), at -> conflict(said, at));
            return null;
        }
        lease = setup.configure(lease, said);
        leasedAt = requested;
        state = DhcpState.BOUND;
        waitForRenewal(now);
        return lease;
    }

    /** RFC 2131, 3.1, 5: somebody has the address. */
    private void conflict(DhcpLease taken, long now) {
        lock.lock();
        try {
            if (state == DhcpState.PROBING && offer == taken) {
                link.endProbe();
                sender.decline(transaction, taken, now);
                restart(now, CONFLICT_WAIT);
            }
        } finally {
            lock.unlock();
        }
    }

    private DhcpLease refused(long now) {
        DhcpLease gone = giveUp();
        restart(now, SECOND + random.nextLong(SECOND));
        return gone;
    }

    private void restart(long now, long wait) {
        state = DhcpState.INIT;
        timers.set(timer, now + wait);
    }
}
