package dev.cortado.runtime.net.group;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.SourceFilter;
import dev.cortado.runtime.net.time.Timer;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Tells of an interface's groups, of one of the IPs: at once when they change, and again; and when
 * a querier asks, after a random time (RFC 3376, 5 and 7; RFC 3810, 6 and 8). What it knows of a
 * group is bounded by what we have joined, whatever is asked, and so is how often it sends.
 */
final class GroupReporter {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;

    /** RFC 3376, 8.1 and 8.2; RFC 3810, 9.1 and 9.2: unless a querier says otherwise. */
    private static final int ROBUSTNESS = 2;

    private static final int QUERY_INTERVAL = 125;

    /** Between a change and its repetition (RFC 3376, 8.11; RFC 3810, 9.11), at most. */
    private static final long REPETITION = SECOND;

    /** The same for an older querier (RFC 2236, 8.10; RFC 2710, 7.10). */
    private static final long OLDER_REPETITION = 10 * SECOND;

    /** Changes that come sooner one after the other are told together. */
    private static final long CHANGE_GAP = 10 * MILLISECOND;

    /** Between answers, however often somebody asks. */
    private static final long ANSWER_GAP = 100 * MILLISECOND;

    private final EthernetLink link;
    private final GroupProtocol protocol;
    private final TimerQueue timers;
    private final RandomGenerator random;
    private final ReportWriter writer;
    private final ChangeTimer changeTimer = new ChangeTimer();
    private final AnswerTimer answerTimer = new AnswerTimer();

    private final ReentrantLock lock = new ReentrantLock();
    private final List<GroupState> groups = new ArrayList<>();
    private final QuerierAge queriers = new QuerierAge();
    private int age = QuerierAge.MODERN;
    private int robustness = ROBUSTNESS;
    private int interval = QUERY_INTERVAL;
    private boolean hasTold;
    private long toldAt;
    private boolean hasAnswered;
    private long answeredAt;

    private final class ChangeTimer extends Timer {
        @Override
        protected void expired(long now) {
            lock.lock();
            try {
                if (!isSet()) {
                    tell(now);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private final class AnswerTimer extends Timer {
        @Override
        protected void expired(long now) {
            lock.lock();
            try {
                if (!isSet()) {
                    answer(now);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    GroupReporter(
            EthernetLink link,
            GroupProtocol protocol,
            IpLayer ip,
            TimerQueue timers,
            DropCounters drops,
            RandomGenerator random) {
        this.link = link;
        this.protocol = protocol;
        this.timers = timers;
        this.random = random;
        writer = new ReportWriter(ip, drops, link, protocol);
    }

    EthernetLink link() {
        return link;
    }

    /** What the interface wants of a group may have changed. */
    void changed(long high, long low, long now) {
        if (!protocol.isReported(high, low)) {
            return;
        }
        lock.lock();
        try {
            boolean isOlder = currentAge(now) != QuerierAge.MODERN;
            SourceFilter wanted = link.filter(high, low);
            GroupState group = find(high, low);
            if (group == null) {
                if (wanted.isNobody()) {
                    return;
                }
                group = new GroupState(high, low);
                groups.add(group);
            }
            boolean wasIn = !group.filter().isNobody();
            if (!group.change(wanted, robustness)) {
                return;
            }
            if (isOlder) {
                group.forgetChanges();
                tellOlder(group, wasIn, now);
            } else {
                tell(now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells all again: the link was somewhere else, or we have an address to tell it from. */
    void announce(long now) {
        lock.lock();
        try {
            if (currentAge(now) == QuerierAge.MODERN) {
                groups.forEach(group -> group.announce(robustness));
                tell(now);
            } else {
                groups.forEach(group -> tellOlder(group, false, now));
            }
        } finally {
            lock.unlock();
        }
    }

    private GroupState find(long high, long low) {
        for (GroupState group : groups) {
            if (group.is(high, low)) {
                return group;
            }
        }
        return null;
    }

    /** How old the queriers are; another age than before ends what was begun (7.2.1; 8.2.1). */
    private int currentAge(long now) {
        int current = queriers.oldest(now);
        if (current != age) {
            age = current;
            timers.cancel(changeTimer);
            timers.cancel(answerTimer);
            for (GroupState group : groups) {
                group.forgetChanges();
                group.isAsked = false;
                group.olderReports = 0;
                group.queried.clear();
            }
            removeLeft();
        }
        return current;
    }

    private void removeLeft() {
        groups.removeIf(group -> group.filter().isNobody() && !group.hasChanges());
    }

    /** Tells of all changes once, and comes again if that was not the last time. */
    private void tell(long now) {
        if (!link.isUp()) {
            // When it comes up, all that we are in is told; what was left is not kept until then.
            groups.forEach(GroupState::forgetChanges);
            removeLeft();
            return;
        }
        if (hasTold && now - toldAt < CHANGE_GAP) {
            setEarlier(changeTimer, toldAt + CHANGE_GAP);
            return;
        }
        hasTold = true;
        toldAt = now;
        boolean isAgain = false;
        writer.begin(now);
        for (GroupState group : groups) {
            if (group.hasChanges()) {
                group.writeChanges(writer);
                isAgain |= group.hasChanges();
            }
        }
        writer.end();
        removeLeft();
        if (isAgain) {
            timers.set(changeTimer, now + 1 + random.nextLong(REPETITION));
        }
    }

    private void setEarlier(Timer timer, long at) {
        if (!timer.isSet() || at - timer.deadline() < 0) {
            timers.set(timer, at);
        }
    }

    private void tellOlder(GroupState group, boolean wasIn, long now) {
        boolean isIn = !group.filter().isNobody();
        if (wasIn && !isIn) {
            protocol.sendOlder(link, age, group.high, group.low, true, now);
            groups.remove(group);
        } else if (isIn && !wasIn) {
            protocol.sendOlder(link, age, group.high, group.low, false, now);
            group.olderReports = robustness - 1;
            if (group.olderReports > 0) {
                ask(group, now + 1 + random.nextLong(OLDER_REPETITION));
            }
        }
    }

    private void ask(GroupState group, long at) {
        if (!group.isAsked || at - group.answerAt < 0) {
            group.answerAt = at;
        }
        group.isAsked = true;
        setEarlier(answerTimer, group.answerAt);
    }

    /** A querier asks. */
    void queried(GroupQuery query, long now) {
        lock.lock();
        try {
            boolean isGeneral = Ipv6.isUnspecified(query.high(), query.low());
            learn(query, isGeneral, now);
            boolean isOlder = currentAge(now) != QuerierAge.MODERN;
            long common = now + delay(query);
            for (GroupState group : groups) {
                if (group.filter().isNobody()
                        || !isGeneral && !group.is(query.high(), query.low())) {
                    continue;
                }
                if (isGeneral) {
                    group.queried.addAll();
                } else {
                    group.queried.add(query, protocol.addressBytes());
                }
                ask(group, isOlder ? now + delay(query) : common);
            }
        } finally {
            lock.unlock();
        }
    }

    private long delay(GroupQuery query) {
        return 1 + (query.answerTime() > 0 ? random.nextLong(query.answerTime()) : 0);
    }

    /** RFC 3376, 4.1.6, 4.1.7 and 8.12; RFC 3810, 5.1.8, 5.1.9 and 9.12. */
    private void learn(GroupQuery query, boolean isGeneral, long now) {
        if (query.age() == QuerierAge.MODERN) {
            robustness = query.robustness() == 0 ? ROBUSTNESS : query.robustness();
            interval = query.interval() == 0 ? QUERY_INTERVAL : query.interval();
        }
        if (isGeneral || protocol.isAgeToldByGroupQueries()) {
            long present = (long) robustness * interval * SECOND + query.answerTime();
            queriers.heard(query.age(), present, now);
        }
    }

    /** Another host has told an older querier of a group: that is enough (RFC 2236, 3). */
    void reported(long high, long low, long now) {
        lock.lock();
        try {
            GroupState group = find(high, low);
            if (group != null && currentAge(now) != QuerierAge.MODERN) {
                group.isAsked = false;
                group.olderReports = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Answers what is due. */
    private void answer(long now) {
        boolean isOlder = currentAge(now) != QuerierAge.MODERN;
        if (hasAnswered && now - answeredAt < ANSWER_GAP) {
            timers.set(answerTimer, answeredAt + ANSWER_GAP);
            return;
        }
        boolean isNext = false;
        long next = 0;
        writer.begin(now);
        for (GroupState group : groups) {
            if (group.isAsked && group.answerAt - now <= 0) {
                hasAnswered = true;
                answeredAt = now;
                answer(group, isOlder, now);
            }
            if (group.isAsked) {
                next = !isNext || group.answerAt - next < 0 ? group.answerAt : next;
                isNext = true;
            }
        }
        writer.end();
        if (isNext) {
            timers.set(answerTimer, next);
        }
    }

    private void answer(GroupState group, boolean isOlder, long now) {
        group.isAsked = false;
        if (!isOlder) {
            group.writeAnswer(writer);
            return;
        }
        group.queried.clear();
        if (!group.filter().isNobody()) {
            protocol.sendOlder(link, age, group.high, group.low, false, now);
        }
        group.olderReports = Math.max(0, group.olderReports - 1);
        if (group.olderReports > 0) {
            group.isAsked = true;
            group.answerAt = now + 1 + random.nextLong(OLDER_REPETITION);
        }
    }
}
