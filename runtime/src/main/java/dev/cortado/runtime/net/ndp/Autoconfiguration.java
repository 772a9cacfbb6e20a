package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.InterfaceAddress.State;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.wire.NeighbourMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * IPv6's addresses and routers of one interface (RFC 4862, RFC 4861, 6.3). A link-local address is
 * made when it starts; those of prefixes when a router says so. How many routers, prefixes and
 * addresses there may be is bounded: a liar has many.
 */
public final class Autoconfiguration {
    /** Most addresses. */
    static final int LIMIT = 16;

    static final long SECOND = 1_000_000_000L;

    /** RFC 4861, 10: RETRANS_TIMER. */
    private static final long PROBE_TIME = SECOND;

    /** RFC 7217, 6: IDGEN_RETRIES. */
    private static final int IDENTIFIERS = 3;

    /** Bits of an address without a network. */
    private static final int HOST_BITS = 128;

    /** RFC 4862, 5.5.3, (e): who is not known cannot make an address end sooner than that. */
    private static final long TWO_HOURS = 7200 * SECOND;

    private final EthernetLink link;
    private final IpLayer ip;
    private final TimerQueue timers;
    private final DropCounters drops;
    private final InterfaceIdentifier identifiers;
    private final NeighbourSender sender;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<AutoAddress> addresses = new ArrayList<>();
    final RouterList routers;
    private final RouterOptions routerOptions;
    private final RouterSolicitor solicitor;
    private volatile RouterListener listener;

    /** Who wants to know what a router tells of beside itself. Called without a lock of ours. */
    public interface RouterListener {
        /** Servers have addresses, or all but those, or nothing (RFC 4861, 4.2). */
        void servers(Autoconfiguration source, boolean haveAddresses, boolean haveOther, long now);

        /**
         * There are name servers (RFC 8106).
         *
         * @param option where the option lies in the packet's memory, checked for its length
         */
        void nameServers(Autoconfiguration source, PacketBuffer packet, int option, long now);
    }

    /** Who has given us an address. Called without a lock of ours. */
    public interface ConflictListener {
        /** Somebody else has it, and it is ours no longer. */
        void conflict(IpAddress address, long now);
    }

    Autoconfiguration(
            EthernetLink link,
            IpLayer ip,
            TimerQueue timers,
            DropCounters drops,
            InterfaceIdentifier identifiers,
            NeighbourSender sender) {
        this.link = link;
        this.ip = ip;
        this.timers = timers;
        this.drops = drops;
        this.identifiers = identifiers;
        this.sender = sender;
        routers = new RouterList(link, ip, timers, drops, lock);
        solicitor = new RouterSolicitor(link, timers, sender, routers, lock);
        routerOptions = new RouterOptions(link, routers, drops, this::autonomous);
        link.join(Ipv6.ALL_NODES_HIGH, Ipv6.ALL_NODES_LOW, 0); // nobody is told
    }

    public EthernetLink link() {
        return link;
    }

    public void setListener(RouterListener routerListener) {
        listener = routerListener;
    }

    /** Makes a link-local address, and asks for routers when it is known to be ours. */
    public void start(long now) {
        lock.lock();
        try {
            begin(generate(Ipv6.LINK_LOCAL_HIGH), now);
        } finally {
            lock.unlock();
        }
    }

    /** Asks for routers as at the start: the link may be another one. */
    void solicitRouters(long now) {
        solicitor.beginAgain(now);
    }

    /**
     * Adds an address that somebody has chosen.
     *
     * @param isProbed whether to ask first whether somebody has it, which takes a second
     */
    public void addAddress(InterfaceAddress address, boolean isProbed, long now) {
        lock.lock();
        try {
            AutoAddress added =
                    new AutoAddress(
                            this,
                            address.high(),
                            address.low(),
                            address.prefixLength(),
                            false,
                            null);
            if (isProbed) {
                begin(added, now);
            } else {
                addresses.add(added);
                joinGroup(added, now);
                ours(added, now);
            }
        } finally {
            lock.unlock();
        }
    }

    private AutoAddress generate(long prefixHigh) {
        long low = identifiers.of(prefixHigh, link.macAddress(), 0);
        return new AutoAddress(this, prefixHigh, low, 64, true, null);
    }

    /**
     * Adds an address that a server has given, after asking whether somebody has it, or changes its
     * lifetimes. Its network may be anywhere. Does nothing if there are too many, or if the address
     * is ours in another way.
     *
     * @param preferred seconds, or {@link RouterList#INFINITE}
     * @param valid as {@code preferred}
     */
    public void assign(
            IpAddress value, long preferred, long valid, ConflictListener giver, long now) {
        lock.lock();
        try {
            AutoAddress address = find(value.high(), value.low());
            boolean isNew = address == null;
            if (isNew ? addresses.size() >= LIMIT : address.giver == null) {
                drops.count(DropReason.NDP_IGNORED);
                return;
            }
            if (isNew) {
                address = new AutoAddress(this, value.high(), value.low(), HOST_BITS, false, giver);
            }
            address.setLifetimes(preferred, valid, now);
            if (isNew) {
                begin(address, now);
            } else if (!address.isTentative) {
                age(address, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes away what {@link #assign} has added; nothing if that is gone. */
    public void withdraw(IpAddress value, long now) {
        lock.lock();
        try {
            AutoAddress address = find(value.high(), value.low());
            if (address != null && address.giver != null) {
                remove(address, now);
            }
        } finally {
            lock.unlock();
        }
    }

    private AutoAddress find(long high, long low) {
        for (AutoAddress address : addresses) {
            if (address.is(high, low)) {
                return address;
            }
        }
        return null;
    }

    /** RFC 4862, 5.4.2: the group first, so that who answers is heard. */
    private void begin(AutoAddress address, long now) {
        addresses.add(address);
        probe(address, now);
    }

    private void probe(AutoAddress address, long now) {
        joinGroup(address, now);
        link.setAddress(value(address, State.TENTATIVE));
        address.isTentative = true;
        sender.probe(link, address.high, address.low, now);
        timers.set(address, now + PROBE_TIME);
    }

    private void joinGroup(AutoAddress address, long now) {
        link.join(Ipv6.SOLICITED_NODE_HIGH, Ipv6.solicitedNodeLow(address.low), now);
    }

    private static InterfaceAddress value(AutoAddress address, State state) {
        return new InterfaceAddress(address.high, address.low, address.prefixLength, state, false);
    }

    void expired(AutoAddress address, long now) {
        lock.lock();
        try {
            if (address.isGone || address.isSet()) {
                return;
            }
            if (address.isTentative) {
                ours(address, now);
            } else {
                age(address, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody else has it. */
    private void ours(AutoAddress address, long now) {
        address.isTentative = false;
        age(address, now);
        if (Ipv6.isLinkLocal(address.high)) {
            // RFC 3590, 4: routers do not hear what came from nobody.
            link.announceGroups(now);
        }
        if (Ipv6.isLinkLocal(address.high) && address.isGenerated) {
            solicitor.begin(now);
        }
    }

    /** Puts the address into the state that it has now, and sets its timer to the next one. */
    private void age(AutoAddress address, long now) {
        if (AutoAddress.isOver(address.validUntil, now)) {
            remove(address, now);
            return;
        }
        boolean isDeprecated = AutoAddress.isOver(address.preferredUntil, now);
        State state = isDeprecated ? State.DEPRECATED : State.PREFERRED;
        InterfaceAddress value = value(address, state);
        if (address.hasNetwork()) {
            ip.addAddress(link, value);
        } else {
            // Whether the prefix is on the link is another matter (RFC 5942, 4).
            link.setAddress(value);
        }
        long next = isDeprecated ? address.validUntil : address.preferredUntil;
        if (next != AutoAddress.FOR_EVER) {
            timers.set(address, next);
        }
    }

    private void remove(AutoAddress address, long now) {
        address.isGone = true;
        timers.cancel(address);
        addresses.remove(address);
        link.removeAddress(address.high, address.low);
        link.leave(Ipv6.SOLICITED_NODE_HIGH, Ipv6.solicitedNodeLow(address.low), now);
    }

    /** Somebody else has, or wants, an address that we are asking for. */
    void duplicate(long high, long low, long now) {
        ConflictListener giver = null;
        lock.lock();
        try {
            AutoAddress address = find(high, low);
            if (address != null && address.isTentative) {
                drops.count(DropReason.ARP_CONFLICT);
                remove(address, now);
                giver = address.giver;
                if (address.isGenerated && address.conflicts + 1 < IDENTIFIERS) {
                    begin(another(address), now);
                }
            }
        } finally {
            lock.unlock();
        }
        if (giver != null) {
            giver.conflict(new IpAddress(high, low), now);
        }
    }

    /** With another identifier, for one that somebody else has. */
    private AutoAddress another(AutoAddress taken) {
        AutoAddress next = generate(taken.high);
        next.conflicts = taken.conflicts + 1;
        next.low = identifiers.of(taken.high, link.macAddress(), next.conflicts);
        next.preferredUntil = taken.preferredUntil;
        next.validUntil = taken.validUntil;
        return next;
    }

    /** RFC 4861, 6.3.4. The message was checked but for its source. */
    void routerAdvertised(PacketBuffer packet, int optionBytes, long now) {
        long high = packet.info().sourceHigh;
        long low = packet.info().sourceLow;
        if (!Ipv6.isLinkLocal(high)) {
            drops.count(DropReason.NDP_MALFORMED);
            return;
        }
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        int options = at + NeighbourMessage.ROUTER_ADVERTISEMENT_BYTES;
        lock.lock();
        try {
            routers.router(high, low, NeighbourMessage.routerLifetime(bytes, at), now);
            solicitor.heard();
            for (int option = options;
                    option < options + optionBytes;
                    option += NeighbourMessage.optionLength(bytes, option)) {
                routerOptions.take(bytes, option, high, low, now);
            }
        } finally {
            lock.unlock();
        }
        RouterListener told = listener;
        if (told != null) {
            tell(told, packet, options, optionBytes, now);
        }
    }

    /** Without the lock: the listener may ask us. */
    private void tell(
            RouterListener told, PacketBuffer packet, int options, int optionBytes, long now) {
        ByteBuffer bytes = packet.bytes();
        int flags = NeighbourMessage.routerFlags(bytes, packet.start());
        told.servers(
                this,
                (flags & NeighbourMessage.MANAGED) != 0,
                (flags & NeighbourMessage.OTHER_CONFIGURATION) != 0,
                now);
        for (int option = options;
                option < options + optionBytes;
                option += NeighbourMessage.optionLength(bytes, option)) {
            if (NeighbourMessage.optionKind(bytes, option) == NeighbourMessage.OPTION_DNS_SERVERS
                    && NeighbourMessage.optionLength(bytes, option) >= 24) {
                told.nameServers(this, packet, option, now);
            }
        }
    }

    /** RFC 4862, 5.5.3. */
    private void autonomous(long high, long preferred, long valid, long now) {
        AutoAddress known = null;
        for (AutoAddress address : addresses) {
            if (address.high == high && address.isGenerated) {
                known = address;
            }
        }
        if (known == null) {
            if (valid == 0 || addresses.size() >= LIMIT) {
                drops.count(DropReason.NDP_IGNORED);
                return;
            }
            known = generate(high);
            known.setLifetimes(preferred, valid, now);
            begin(known, now);
            return;
        }
        known.preferredUntil = AutoAddress.until(preferred, now);
        long offered = valid == RouterList.INFINITE ? Long.MAX_VALUE : valid * SECOND;
        long left =
                known.validUntil == AutoAddress.FOR_EVER ? Long.MAX_VALUE : known.validUntil - now;
        if (offered > TWO_HOURS || offered > left) {
            known.validUntil = AutoAddress.until(valid, now);
        } else if (left > TWO_HOURS) {
            known.validUntil = now + TWO_HOURS;
        }
        if (!known.isTentative) {
            age(known, now);
        }
    }
}
