package dev.cortado.runtime.net.udp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.link.SourceFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * The groups that a socket is in, and whose datagrams to them it takes (RFC 3678, 4: the delta
 * API). Who asks about a datagram takes no lock: the list does not change, it is replaced. Who
 * changes it has its owner's lock.
 */
final class GroupMemberships {
    /** Beyond that nobody joins (Linux, igmp_max_memberships and igmp_max_msf, are smaller). */
    private static final int MOST = SourceFilter.MOST;

    private static final Membership[] NONE = {};

    private volatile Membership[] memberships = NONE;

    /** A group on an interface. */
    private record Membership(IpAddress group, int interfaceIndex, SourceFilter filter) {
        boolean is(IpAddress otherGroup, int otherIndex) {
            return interfaceIndex == otherIndex && group.equals(otherGroup);
        }

        boolean takes(long groupHigh, long groupLow, long sourceHigh, long sourceLow) {
            return group.low() == groupLow
                    && group.high() == groupHigh
                    && filter.takes(sourceHigh, sourceLow);
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
    GroupResult join(IpAddress group, int interfaceIndex, IpAddress source) {
        int at = find(group, interfaceIndex);
        if (at < 0) {
            if (memberships.length == MOST) {
                return GroupResult.TOO_MANY;
            }
            replace(-1, new Membership(group, interfaceIndex, SourceFilter.of(source)));
            return GroupResult.DONE;
        }
        if (source == null) {
            return GroupResult.MEMBER_BEFORE;
        }
        return memberships[at].filter.including() ? addSource(at, source) : GroupResult.OTHER_MODE;
    }

    /** Leaves; DONE only if the group itself is left. */
    GroupResult leave(IpAddress group, int interfaceIndex, IpAddress source) {
        int at = find(group, interfaceIndex);
        if (at < 0) {
            return GroupResult.NO_MEMBER;
        }
        SourceFilter old = memberships[at].filter;
        if (source != null && !old.including()) {
            return GroupResult.OTHER_MODE;
        }
        if (source == null || old.sources().equals(List.of(source))) {
            replace(at, null);
            return GroupResult.DONE;
        }
        return removeSource(at, source);
    }

    GroupResult block(IpAddress group, int interfaceIndex, IpAddress source) {
        int at = find(group, interfaceIndex);
        if (at < 0 || memberships[at].filter.including()) {
            return GroupResult.OTHER_MODE;
        }
        return addSource(at, source);
    }

    GroupResult unblock(IpAddress group, int interfaceIndex, IpAddress source) {
        int at = find(group, interfaceIndex);
        if (at < 0 || memberships[at].filter.including()) {
            return GroupResult.OTHER_MODE;
        }
        return removeSource(at, source);
    }

    /** What the socket wants of a group on an interface; null if it is not in there. */
    SourceFilter filter(IpAddress group, int interfaceIndex) {
        int at = find(group, interfaceIndex);
        return at < 0 ? null : memberships[at].filter;
    }

    /** Leaves all; tells of each group and interface. */
    void leaveAll(Left left) {
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
        SourceFilter old = memberships[at].filter;
        if (old.sources().contains(source)) {
            return GroupResult.NO_MEMBER;
        }
        if (old.sources().size() == MOST) {
            return GroupResult.TOO_MANY;
        }
        return setFilter(at, old.with(source));
    }

    private GroupResult removeSource(int at, IpAddress source) {
        SourceFilter old = memberships[at].filter;
        return old.sources().contains(source)
                ? setFilter(at, old.without(source))
                : GroupResult.NO_MEMBER;
    }

    private GroupResult setFilter(int at, SourceFilter filter) {
        Membership old = memberships[at];
        replace(at, new Membership(old.group, old.interfaceIndex, filter));
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
