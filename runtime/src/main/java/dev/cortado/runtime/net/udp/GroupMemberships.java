package dev.cortado.runtime.net.udp;

import dev.cortado.runtime.net.address.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The groups that a socket is in, and whose datagrams to them it takes (RFC 3678, 4: the delta
 * API). Who asks about a datagram takes no lock: the list does not change, it is replaced.
 */
final class GroupMemberships {
    /** Beyond that nobody joins (Linux, igmp_max_memberships and igmp_max_msf, are smaller). */
    private static final int MOST = 64;

    private static final Membership[] NONE = {};

    private volatile Membership[] memberships = NONE;

    /**
     * A group on an interface.
     *
     * @param including takes the sources only; else all but the sources
     */
    private record Membership(
            IpAddress group, int interfaceIndex, boolean including, List<IpAddress> sources) {
        boolean is(IpAddress otherGroup, int otherIndex) {
            return interfaceIndex == otherIndex && group.equals(otherGroup);
        }

        boolean takes(long groupHigh, long groupLow, long sourceHigh, long sourceLow) {
            if (group.low() != groupLow || group.high() != groupHigh) {
                return false;
            }
            for (IpAddress source : sources) {
                if (source.low() == sourceLow && source.high() == sourceHigh) {
                    return including;
                }
            }
            return !including;
        }
    }

    /**
     * Whether a datagram to a group is for the socket.
     *
     * @param interfaceIndex that it came from; 0 for any: what we sent comes from ourselves
     */
    boolean takes(
            long groupHigh, long groupLow, int interfaceIndex, long sourceHigh, long sourceLow) {
        for (Membership one : memberships) {
            if ((interfaceIndex == 0 || one.interfaceIndex == interfaceIndex)
                    && one.takes(groupHigh, groupLow, sourceHigh, sourceLow)) {
                return true;
            }
        }
        return false;
    }

    /** Joins, with one source if it is not null; DONE only if the group itself is new here. */
    synchronized GroupResult join(IpAddress group, int interfaceIndex, IpAddress source) {
        int at = find(group, interfaceIndex);
        if (at < 0) {
            if (memberships.length == MOST) {
                return GroupResult.TOO_MANY;
            }
            List<IpAddress> sources = source == null ? List.of() : List.of(source);
            replace(-1, new Membership(group, interfaceIndex, source != null, sources));
            return GroupResult.DONE;
        }
        Membership old = memberships[at];
        if (source == null) {
            return GroupResult.MEMBER_BEFORE;
        }
        return old.including ? addSource(at, source) : GroupResult.OTHER_MODE;
    }

    /** Leaves; DONE only if the group itself is left. */
    synchronized GroupResult leave(IpAddress group, int interfaceIndex, IpAddress source) {
        int at = find(group, interfaceIndex);
        if (at < 0) {
            return GroupResult.NO_MEMBER;
        }
        Membership old = memberships[at];
        if (source != null && !old.including) {
            return GroupResult.OTHER_MODE;
        }
        if (source == null || old.sources.size() == 1 && old.sources.contains(source)) {
            replace(at, null);
            return GroupResult.DONE;
        }
        return removeSource(at, source);
    }

    synchronized GroupResult block(IpAddress group, int interfaceIndex, IpAddress source) {
        int at = find(group, interfaceIndex);
        if (at < 0 || memberships[at].including) {
            return GroupResult.OTHER_MODE;
        }
        return addSource(at, source);
    }

    synchronized GroupResult unblock(IpAddress group, int interfaceIndex, IpAddress source) {
        int at = find(group, interfaceIndex);
        if (at < 0 || memberships[at].including) {
            return GroupResult.OTHER_MODE;
        }
        return removeSource(at, source);
    }

    /** Leaves all; tells of each group and interface. */
    synchronized void leaveAll(Left left) {
        for (Membership one : memberships) {
            left.left(one.group, one.interfaceIndex);
        }
        memberships = NONE;
    }

    /** Whom {@link #leaveAll} tells. */
    interface Left {
        void left(IpAddress group, int interfaceIndex);
    }

    private int find(IpAddress group, int interfaceIndex) {
        for (int i = 0; i < memberships.length; i++) {
            if (memberships[i].is(group, interfaceIndex)) {
                return i;
            }
        }
        return -1;
    }

    private GroupResult addSource(int at, IpAddress source) {
        Membership old = memberships[at];
        if (old.sources.contains(source)) {
            return GroupResult.NO_MEMBER;
        }
        if (old.sources.size() == MOST) {
            return GroupResult.TOO_MANY;
        }
        List<IpAddress> sources = new ArrayList<>(old.sources);
        sources.add(source);
        return setSources(at, sources);
    }

    private GroupResult removeSource(int at, IpAddress source) {
        List<IpAddress> sources = new ArrayList<>(memberships[at].sources);
        return sources.remove(source) ? setSources(at, sources) : GroupResult.NO_MEMBER;
    }

    private GroupResult setSources(int at, List<IpAddress> sources) {
        Membership old = memberships[at];
        replace(
                at,
                new Membership(old.group, old.interfaceIndex, old.including, List.copyOf(sources)));
        return GroupResult.CHANGED;
    }

    private void replace(int at, Membership by) {
        List<Membership> changed = new ArrayList<>(List.of(memberships));
        if (at >= 0) {
            changed.remove(at);
        }
        if (by != null) {
            changed.add(by);
        }
        memberships = changed.toArray(NONE);
    }
}
