package dev.cortado.runtime.net.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The groups of an interface. Who reads takes no lock: the array does not change. */
final class LinkGroups {
    private static final Group[] NONE = {};

    private final ReentrantLock changes = new ReentrantLock();
    private volatile Group[] groups = NONE;

    private record Member(Object owner, SourceFilter filter) {}

    /**
     * A group.
     *
     * @param count how many want everybody's, and have no name
     * @param filter what all want together
     */
    private record Group(
            long high, long low, int count, List<Member> members, SourceFilter filter) {
        static Group of(long high, long low, int count, List<Member> members) {
            List<SourceFilter> filters =
                    new ArrayList<>(members.stream().map(Member::filter).toList());
            if (count > 0) {
                filters.add(SourceFilter.EVERYBODY);
            }
            return new Group(high, low, count, members, SourceFilter.merge(filters));
        }

        boolean is(long otherHigh, long otherLow) {
            return high == otherHigh && low == otherLow;
        }

        boolean isEmpty() {
            return count == 0 && members.isEmpty();
        }

        Group add(int by) {
            return of(high, low, Math.max(0, count + by), members);
        }

        Group with(Object owner, SourceFilter filter) {
            List<Member> changed = new ArrayList<>(members);
            changed.removeIf(member -> member.owner == owner);
            if (filter != null) {
                changed.add(new Member(owner, filter));
            }
            return of(high, low, count, List.copyOf(changed));
        }
    }

    private interface Change {
        Group apply(Group old);
    }

    /**
     * Adds members without a name, or takes some away.
     *
     * @return whether the group is new here, or is here no more
     */
    boolean add(long high, long low, int by) {
        return change(high, low, group -> group.add(by));
    }

    void setFilter(Object owner, long high, long low, SourceFilter filter) {
        change(high, low, group -> group.with(owner, filter));
    }

    private boolean change(long high, long low, Change change) {
        changes.lock();
        try {
            Group[] old = groups;
            int at = 0;
            while (at < old.length && !old[at].is(high, low)) {
                at++;
            }
            boolean isNew = at == old.length;
            Group changed = change.apply(isNew ? Group.of(high, low, 0, List.of()) : old[at]);
            List<Group> all = new ArrayList<>(Arrays.asList(old));
            if (!isNew) {
                all.remove(at);
            }
            if (!changed.isEmpty()) {
                all.add(changed);
            }
            groups = all.toArray(NONE);
            return isNew || changed.isEmpty();
        } finally {
            changes.unlock();
        }
    }

    private Group find(long high, long low) {
        for (Group group : groups) {
            if (group.is(high, low)) {
                return group;
            }
        }
        return null;
    }

    boolean contains(long high, long low) {
        return find(high, low) != null;
    }

    SourceFilter filter(long high, long low) {
        Group group = find(high, low);
        return group == null ? SourceFilter.NOBODY : group.filter;
    }

    long[] halves() {
        Group[] all = groups;
        long[] halves = new long[2 * all.length];
        for (int i = 0; i < all.length; i++) {
            halves[2 * i] = all[i].high;
            halves[2 * i + 1] = all[i].low;
        }
        return halves;
    }
}
