package dev.cortado.kernel.device;

import java.util.ArrayList;
import java.util.List;

/**
 * A level-triggered line in virtual time, its devices, and a thread for each as a driver has one:
 * it sleeps until the line interrupts, it is woken, or its wait is over.
 */
final class LineModel {
    /** Nanoseconds from an interrupt until the drivers have looked. */
    static final long STEP = 20_000;

    final List<String> log = new ArrayList<>();
    final InterruptGuard guard = new InterruptGuard("line 11", log::add);
    final List<Device> devices = new ArrayList<>();
    long now;
    long interrupts;

    private boolean lineMasked;

    /** A device that raises the line when it has done something, or for ever. */
    final class Device implements DeviceMask {
        final InterruptGuard.Member member = guard.join(() -> isWoken = true);
        final boolean tells;
        boolean raisesForEver;
        boolean isMasked;
        long done;

        /** When what nobody has taken was done; -1 for nothing. */
        long doneAt = -1;

        long longestDelay;
        private boolean isWoken;
        private long lookedAt;

        /** As it was decided before the others had looked. */
        private long wait = Long.MAX_VALUE;

        Device(String name, boolean tells) {
            this.tells = tells;
            member.describe(name, tells ? this : null);
            devices.add(this);
        }

        @Override
        public boolean isRaising() {
            return raisesForEver || doneAt >= 0;
        }

        @Override
        public void setMasked(boolean masked) {
            isMasked = masked;
        }

        void work() {
            if (doneAt < 0) {
                doneAt = now;
            }
        }

        /** Its driver waits for ever, were it not for the guard. */
        private boolean isAwake(boolean interrupted) {
            return interrupted || isWoken || now - lookedAt >= wait;
        }

        private void look() {
            isWoken = false;
            lookedAt = now;
            boolean work = doneAt >= 0;
            if (work) {
                longestDelay = Math.max(longestDelay, now - doneAt);
                done++;
                doneAt = -1;
            }
            guard.looked(member, work, now);
            wait = guard.waitTime(member, Long.MAX_VALUE);
        }
    }

    /** The next moment: the line, if somebody raises it, and who is awake. */
    void step() {
        now += STEP;
        boolean isRaised = false;
        for (Device device : devices) {
            isRaised |= device.isRaising() && !device.isMasked;
        }
        boolean interrupted = isRaised && !lineMasked;
        interrupts += interrupted ? 1 : 0;
        boolean any = false;
        for (Device device : List.copyOf(devices)) {
            if (device.isAwake(interrupted)) {
                device.look();
                any = true;
            }
        }
        if (any) {
            lineMasked = !guard.pass(interrupted, now);
        }
    }

    void run(long nanoseconds) {
        for (long end = now + nanoseconds; now < end; ) {
            step();
        }
    }
}
