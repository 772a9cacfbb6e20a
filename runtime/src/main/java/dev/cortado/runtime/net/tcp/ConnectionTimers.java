package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.tcp.recovery.TimerAction;
import dev.cortado.runtime.net.tcp.sequence.SequenceNumber;

/** What a connection does because time has passed, or because ICMP says so. The lock is held. */
final class ConnectionTimers {
    private static final long MEMORY_DELAY = 5_000_000;

    /** Timers of a guest that runs are not that late. */
    private static final long LATE = 1_000_000_000;

    private final TransmissionControlBlock tcb;
    private final SegmentOutput output;
    private final BlackHole blackHole;
    private final Ending ending;

    ConnectionTimers(
            TransmissionControlBlock tcb,
            SegmentOutput output,
            BlackHole blackHole,
            Ending ending) {
        this.tcb = tcb;
        this.output = output;
        this.ending = ending;
        this.blackHole = blackHole;
    }

    /** When {@link #expired} is due. */
    long deadline(long now) {
        long deadline = Math.min(tcb.recovery.deadline(), tcb.acknowledgeAt);
        deadline = Math.min(deadline, Math.min(tcb.persistAt, tcb.sendAgainAt));
        deadline = Math.min(deadline, Math.min(tcb.giveUpAt, tcb.memoryAt));
        if (tcb.keepAlive && tcb.state.isSynchronized()) {
            deadline = Math.min(deadline, keepAliveAt());
        }
        return deadline;
    }

    void expired(long now) {
        if (now >= tcb.giveUpAt) {
            ending.abort(tcb.orphan ? null : TcpError.TIMED_OUT);
            return;
        }
        if (now >= tcb.acknowledgeAt) {
            AcknowledgementPolicy.expired(tcb);
        }
        if (now >= tcb.memoryAt) {
            tcb.memoryAt = TransmissionControlBlock.NEVER;
            tcb.events |= ConnectionEvents.WRITABLE;
        }
        TimerAction action = tcb.recovery.timerExpired(now);
        if (action == TimerAction.TIMEOUT) {
            if (hasGivenUp(now)) {
                return;
            }
            blackHole.timedOut(now);
        } else if (action == TimerAction.PROBE) {
            output.probeTail(now);
        }
        if (now >= tcb.persistAt) {
            // A window may stay closed for as long as somebody here cares (RFC 9293, 3.8.6.1).
            long since = tcb.orphan ? tcb.lastProgressAt : tcb.lastHeardAt;
            // Not if the guest stood still: the other side is asked first.
            boolean isLate = now - tcb.persistAt > LATE;
            if (tcb.persistCount > 0 && !isLate && now - since > tcb.userTimeout) {
                ending.abort(TcpError.TIMED_OUT);
                return;
            }
            output.persist(now);
        }
        if (tcb.keepAlive && tcb.state.isSynchronized() && now >= keepAliveAt()) {
            if (keepAliveEnds(now)) {
                return;
            }
        }
        output.output(now);
    }

    /**
     * RFC 9293, 3.8.3: R2. Not if the window closed over what was sent, as long as there are
     * answers (RFC 1122, 4.2.2.16); nor before anything was sent again, after the guest stood
     * still.
     */
    private boolean hasGivenUp(long now) {
        boolean isHeld = tcb.sendWindow == 0 && !tcb.orphan;
        long since = isHeld ? tcb.lastHeardAt : tcb.lastProgressAt;
        if (tcb.state.isSynchronized()
                && tcb.roundTripTime.backoffs() > 1
                && now - since > tcb.userTimeout) {
            ending.abort(TcpError.TIMED_OUT);
            return true;
        }
        return false;
    }

    /** RFC 9293, 3.8.4. */
    private long keepAliveAt() {
        return tcb.keepAliveSent == 0 ? tcb.lastHeardAt + tcb.keepAliveIdle : tcb.keepAliveAt;
    }

    /** A guest may have stood still: each probe has its time from when it was sent. */
    private boolean keepAliveEnds(long now) {
        if (tcb.keepAliveSent >= tcb.keepAliveCount) {
            output.reset(now);
            ending.abort(TcpError.TIMED_OUT);
            return true;
        }
        tcb.keepAliveSent++;
        tcb.keepAliveAt = now + tcb.keepAliveInterval;
        output.probeOld(now);
        return false;
    }

    /** There is room for what the program writes, but no memory: it is told to try again. */
    void awaitMemory(long now) {
        tcb.memoryAt = now + MEMORY_DELAY;
    }

    /** The program is about to write: after a pause, the network has to be tried anew. */
    void beforeSending(long now) {
        if (!tcb.recovery.isIdle() || tcb.unsent() > 0) {
            return;
        }
        long timeouts = (now - tcb.lastProgressAt) / tcb.roundTripTime.timeout();
        if (timeouts > 0 && tcb.sendNext > tcb.initialSend + 1) {
            tcb.congestion.afterIdle(now, timeouts);
        }
        tcb.lastProgressAt = now;
        blackHole.beforeSending(now);
    }

    /** RFC 5927, 4.1: whether a quoted sequence number is of what is under way. */
    boolean isUnderWay(int wireSequence) {
        long position = SequenceNumber.near(tcb.unacknowledged, wireSequence);
        return position >= tcb.unacknowledged && position < tcb.sendNext;
    }

    /** Who connects is told at once, as by Linux; nobody waits for three minutes for nobody. */
    private void unreachable(TcpError error) {
        if (tcb.state == State.SYN_SENT) {
            ending.abort(error);
        }
    }

    void pathError(PacketError error, int wireSequence, int mtu, long now) {
        if (!isUnderWay(wireSequence)) {
            return;
        }
        if (error == PacketError.TOO_BIG) {
            blackHole.pathShrank(now);
            output.output(now);
        } else if (!tcb.state.isSynchronized()) {
            switch (error) {
                case PORT_UNREACHABLE, PROTOCOL_UNREACHABLE -> ending.abort(TcpError.REFUSED);
                case PROHIBITED -> ending.abort(TcpError.HOST_UNREACHABLE);
                case HOST_UNREACHABLE -> unreachable(TcpError.HOST_UNREACHABLE);
                case NETWORK_UNREACHABLE -> unreachable(TcpError.NETWORK_UNREACHABLE);
                default -> {
                    // RFC 1122, 4.2.3.9: it may be for a moment; the timer goes on.
                }
            }
        }
    }
}
