package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.Traffic;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An interface: a way to neighbours, with addresses of ours. Its addresses and groups are arrays
 * that never change; who reads needs no lock, who changes replaces them.
 */
public abstract class Link {
    /** Bytes of the longest packet that any link has, what an IPv4 header may have left out. */
    static final int LONGEST_PACKET = 65535 - 60;

    private static final InterfaceAddress[] NO_ADDRESSES = {};

    private final int index;
    private final String name;
    private final ReentrantLock changes = new ReentrantLock();
    private volatile InterfaceAddress[] addresses = NO_ADDRESSES;
    private final LinkGroups groups = new LinkGroups();
    private volatile AddressListener addressListener = (link, address) -> {};
    private volatile GroupListener groupListener = GroupListener.NONE;

    /** Who wants to know which addresses the interface has. */
    public interface AddressListener {
        /** An address is there, or its state is another one. Called without a lock of the link. */
        void added(Link link, InterfaceAddress address);
    }

    /** Who tells others which groups the interface is in. */
    public interface GroupListener {
        GroupListener NONE =
                new GroupListener() {
                    @Override
                    public void changed(Link link, long high, long low, long now) {}

                    @Override
                    public void announce(Link link, long now) {}
                };

        /**
         * {@link #filter} of a group may be another one. Called without a lock of the link, so that
         * of two changes the later one may be told first.
         */
        void changed(Link link, long high, long low, long now);

        /** Is to tell of all groups again. */
        void announce(Link link, long now);
    }

    /**
     * @param index 1 or more, which no other interface of the stack has
     */
    protected Link(int index, String name) {
        this.index = index;
        this.name = name;
    }

    public final int index() {
        return index;
    }

    public final String name() {
        return name;
    }

    /** Bytes of the longest IP packet. */
    public abstract int mtu();

    /** Bits of {@link DeviceFeatures}. */
    public abstract int features();

    /** Bytes of the longest packet that is cut into segments, if {@link #features} says so. */
    public int segmentationLimit() {
        return LONGEST_PACKET;
    }

    public abstract boolean isUp();

    /** How much has gone through it. Any thread may ask; waits for nothing. */
    public abstract long traffic(Traffic what);

    /** Whether everything sent comes back to us. */
    public abstract boolean isLoopback();

    /**
     * Sends an IPv4 or IPv6 packet to a neighbour, a group or everybody.
     *
     * @param packet starts at the IP header; no longer the caller's
     * @param nextHigh the neighbour's address, which need not be the packet's destination
     */
    public abstract TransmitResult output(
            PacketBuffer packet, long nextHigh, long nextLow, long now);

    /** A neighbour has got what was sent by it (RFC 4861, 7.3.1); nothing where there are none. */
    public void confirm(long nextHigh, long nextLow, long now) {}

    /** Says who gets IPv4's packets and IPv6's; once each, before the first. */
    public abstract void setProtocols(LinkProtocol ipv4, LinkProtocol ipv6);

    /** The addresses; the array is not to be changed. */
    public final InterfaceAddress[] addresses() {
        return addresses;
    }

    /** The interface's address of that value, whatever its state is, or null. */
    public final InterfaceAddress address(long high, long low) {
        for (InterfaceAddress address : addresses) {
            if (address.is(high, low)) {
                return address;
            }
        }
        return null;
    }

    public final void setAddressListener(AddressListener listener) {
        addressListener = listener;
    }

    /** Adds an address, or replaces the one of the same value. */
    public final void setAddress(InterfaceAddress address) {
        changes.lock();
        try {
            replace(address);
        } finally {
            changes.unlock();
        }
        addressListener.added(this, address);
    }

    private void replace(InterfaceAddress address) {
        InterfaceAddress[] old = addresses;
        for (int i = 0; i < old.length; i++) {
            if (old[i].is(address.high(), address.low())) {
                InterfaceAddress[] changed = old.clone();
                changed[i] = address;
                addresses = changed;
                return;
            }
        }
        InterfaceAddress[] more = Arrays.copyOf(old, old.length + 1);
        more[old.length] = address;
        addresses = more;
    }

    /** Does nothing if there is no such address. */
    public final void removeAddress(long high, long low) {
        changes.lock();
        try {
            addresses =
                    Arrays.stream(addresses)
                            .filter(address -> !address.is(high, low))
                            .toArray(InterfaceAddress[]::new);
        } finally {
            changes.unlock();
        }
    }

    /** Says who is to know of changes of groups; before the first one. */
    public final void setGroupListener(GroupListener listener) {
        groupListener = listener;
    }

    /**
     * Joins a multicast group once more, for everybody's datagrams.
     *
     * @return whether it is new on this interface
     */
    public final boolean join(long high, long low, long now) {
        boolean isNew = groups.add(high, low, 1);
        groupListener.changed(this, high, low, now);
        return isNew;
    }

    /**
     * Leaves a group that was joined.
     *
     * @return whether nobody is in it any more
     */
    public final boolean leave(long high, long low, long now) {
        boolean isLast = groups.add(high, low, -1);
        groupListener.changed(this, high, low, now);
        return isLast;
    }

    /**
     * Joins a group, changes whose datagrams one wants there, or leaves it.
     *
     * @param owner who wants that, of whom the interface knows one wish for each group
     * @param filter null to leave
     */
    public final void setFilter(Object owner, long high, long low, SourceFilter filter, long now) {
        groups.setFilter(owner, high, low, filter);
        groupListener.changed(this, high, low, now);
    }

    /**
     * Tells others of all groups again: the link is another one, or we have an address now to tell
     * them from.
     */
    public final void announceGroups(long now) {
        groupListener.announce(this, now);
    }

    public final boolean isMember(long high, long low) {
        return groups.contains(high, low);
    }

    /** Whose datagrams to a group all who are in it want together; nobody's if none is. */
    public final SourceFilter filter(long high, long low) {
        return groups.filter(high, low);
    }

    /** Tells of each group, two longs in turn: their upper and lower halves. */
    public final long[] groups() {
        return groups.halves();
    }

    @Override
    public final String toString() {
        return name;
    }
}
