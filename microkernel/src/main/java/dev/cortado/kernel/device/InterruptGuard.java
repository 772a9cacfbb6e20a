package dev.cortado.kernel.device;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks after an interrupt source, a line or the messages of one device, that one of its devices
 * may raise for ever: such a device is masked, or if nobody says which it is, the source. What is
 * masked is polled by its driver, whose waits are short then, and tried again after a while. {@link
 * #isPolled} and {@link #waitTime} are for any thread, the rest for one at a time.
 */
final class InterruptGuard {
    /** Nanoseconds between two looks at a device that has something to do, and one that has not. */
    static final long BUSY_POLL = TimeUnit.MILLISECONDS.toNanos(1);

    static final long IDLE_POLL = TimeUnit.MILLISECONDS.toNanos(10);

    /** A device of the source, with its driver. */
    static final class Member {
        private final Runnable wake;
        private final MaskedTime masked = new MaskedTime();
        private String name = "a device";

        /** Null if it cannot be masked without the others. */
        private DeviceMask mask;

        private volatile boolean hadWork;

        private Member(Runnable wake) {
            this.wake = wake;
        }

        void describe(String text, DeviceMask itsMask) {
            name = text;
            mask = itsMask;
        }
    }

    private final String source;
    private final Consumer<String> log;
    private final List<Member> members = new ArrayList<>();
    private final CauselessRun run = new CauselessRun();
    private final MaskedTime masked = new MaskedTime();
    private boolean found;

    /**
     * @param source for messages
     * @param log hears once when something is masked
     */
    InterruptGuard(String source, Consumer<String> log) {
        this.source = source;
        this.log = log;
    }

    /**
     * A device is on the source.
     *
     * @param wake lets its driver look
     */
    Member join(Runnable wake) {
        Member member = new Member(wake);
        members.add(member);
        return member;
    }

    /** A device is on it no more, which may have been the cause: the source is tried. */
    void leave(Member member, long now) {
        members.remove(member);
        run.clear();
        if (masked.isMasked()) {
            masked.end(now);
        }
    }

    /** Whether a device's driver is to look without being asked. */
    boolean isPolled(Member member) {
        return masked.isMasked() || member.masked.isMasked();
    }

    /** How long a driver waits for an interrupt, that would wait so many nanoseconds. */
    long waitTime(Member member, long nanoseconds) {
        return isPolled(member)
                ? Math.min(nanoseconds, member.hadWork ? BUSY_POLL : IDLE_POLL)
                : nanoseconds;
    }

    /**
     * A driver has looked at its device.
     *
     * @param work whether that had done anything since
     */
    void looked(Member member, boolean work, long now) {
        member.hadWork = work;
        found |= work;
        if (member.masked.isOver(now)) {
            member.masked.end(now);
            member.mask.setMasked(false);
        }
    }

    /**
     * All drivers have looked.
     *
     * @param interrupted whether the source had interrupted before
     * @return whether it may interrupt again
     */
    boolean pass(boolean interrupted, long now) {
        boolean work = found;
        found = false;
        if (masked.isMasked()) {
            if (!masked.isOver(now)) {
                return false;
            }
            masked.end(now);
            run.clear();
            return true;
        }
        if (interrupted && !work) {
            DeviceFaults.add(name(), DeviceFaults.Kind.CAUSELESS_INTERRUPT);
        }
        if (!work && !interrupted || !run.add(work, now)) {
            return true;
        }
        run.clear();
        boolean isFound = maskRaising(now);
        if (!isFound) {
            maskAll(now);
        }
        return isFound;
    }

    private String name() {
        return members.size() == 1 ? members.getFirst().name : source;
    }

    /** All drivers look: what came while the source was masked has told nobody. */
    void wakeAll() {
        members.forEach(member -> member.wake.run());
    }

    /** Whether a device says that it raises the line, for which there was no cause. */
    private boolean maskRaising(long now) {
        boolean any = false;
        for (Member member : members) {
            if (member.mask != null && !member.masked.isMasked() && member.mask.isRaising()) {
                member.mask.setMasked(true);
                tell(member.masked.begin(now), member.name, member.name);
                member.wake.run();
                any = true;
            }
        }
        return any;
    }

    private void maskAll(long now) {
        StringBuilder names = new StringBuilder();
        members.forEach(member -> names.append(names.isEmpty() ? "" : ", ").append(member.name));
        tell(masked.begin(now), name(), names.toString());
        wakeAll();
    }

    private void tell(boolean isNews, String counted, String devices) {
        DeviceFaults.add(counted, DeviceFaults.Kind.STORM);
        if (isNews) {
            log.accept(
                    devices
                            + ": interrupts for ever by "
                            + source
                            + ", and nothing was done: masked, and looked at every "
                            + TimeUnit.NANOSECONDS.toMillis(IDLE_POLL)
                            + " ms");
        }
    }
}
