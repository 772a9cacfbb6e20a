package dev.cortado.runtime.net.tcp;

import static dev.cortado.runtime.net.tcp.TransmissionControlBlock.NEVER;
import static dev.cortado.runtime.net.tcp.TransmissionControlBlock.NO_POSITION;

/** The ways in which a connection, or one of its directions, ends (RFC 9293, 3.6 and 3.10.4). */
final class ConnectionEnd implements Ending {
    private final TransmissionControlBlock tcb;
    private final TcpCommons commons;
    private final TcpConnection connection;

    ConnectionEnd(TransmissionControlBlock tcb, TcpCommons commons, TcpConnection connection) {
        this.tcb = tcb;
        this.commons = commons;
        this.connection = connection;
    }

    /** Whether it takes no segments any more. */
    boolean isOver() {
        return tcb.state == State.CLOSED || tcb.state == State.TIME_WAIT;
    }

    /** Whether nothing will come any more. */
    boolean isInputOver() {
        return isOver() || tcb.peerFin != NO_POSITION && tcb.receiveNext > tcb.peerFin;
    }

    int readiness() {
        int events = 0;
        if (tcb.receive != null && tcb.receive.size() > 0) {
            events |= ConnectionEvents.READABLE;
        }
        if (tcb.state.isSynchronized()
                && !tcb.outputClosed
                && tcb.memoryAt == TransmissionControlBlock.NEVER
                && tcb.send.room() >= tcb.send.limit() / 3) {
            events |= ConnectionEvents.WRITABLE;
        }
        events |= tcb.state.isSynchronized() ? ConnectionEvents.CONNECTED : 0;
        events |= isInputOver() ? ConnectionEvents.END_OF_STREAM : 0;
        return events | (isOver() ? ConnectionEvents.CLOSED : 0);
    }

    /** The program writes no more. */
    void closeOutput(long now) {
        if (tcb.outputClosed || isOver()) {
            return;
        }
        switch (tcb.state) {
            case SYN_SENT -> abort(null);
            case SYN_RECEIVED, ESTABLISHED -> {
                tcb.outputClosed = true;
                if (tcb.state == State.ESTABLISHED) {
                    tcb.state = State.FIN_WAIT_1;
                }
            }
            case CLOSE_WAIT -> {
                tcb.outputClosed = true;
                tcb.state = State.LAST_ACK;
            }
            default -> {}
        }
    }

    /**
     * The program is done with it.
     *
     * @return whether it has to be reset instead
     */
    boolean close(long now) {
        tcb.orphan = true;
        // It has its time from now on, however long the other side has kept it.
        tcb.lastProgressAt = now;
        boolean unread = tcb.receive != null && !tcb.inputClosed && tcb.receive.size() > 0;
        if (isOver()) {
            clear();
            return false;
        }
        if (unread && tcb.state.isSynchronized()) {
            return true;
        }
        closeOutput(now);
        if (tcb.state == State.FIN_WAIT_2) {
            tcb.giveUpAt = now + tcb.settings.finWait2Timeout;
        }
        return false;
    }

    @Override
    public void ownFinAcknowledged(long now) {
        switch (tcb.state) {
            case FIN_WAIT_1 -> {
                tcb.state = State.FIN_WAIT_2;
                if (tcb.orphan) {
                    tcb.giveUpAt = now + tcb.settings.finWait2Timeout;
                }
            }
            case CLOSING -> timeWait(now);
            case LAST_ACK -> over(null);
            default -> {}
        }
    }

    @Override
    public void peerFinArrived(long now) {
        tcb.events |= ConnectionEvents.END_OF_STREAM | ConnectionEvents.READABLE;
        switch (tcb.state) {
            case ESTABLISHED -> tcb.state = State.CLOSE_WAIT;
            case FIN_WAIT_1 -> tcb.state = State.CLOSING;
            case FIN_WAIT_2 -> timeWait(now);
            default -> {}
        }
    }

    private void timeWait(long now) {
        tcb.state = State.TIME_WAIT;
        boolean isBegun = false;
        try {
            commons.timeWaits.begin(connection, tcb, now);
            isBegun = true;
        } finally {
            if (!isBegun) {
                // Without memory for one there is none, but no trace of the connection either.
                over(null);
            }
        }
        finish();
    }

    @Override
    public void abort(TcpError error) {
        if (!isOver()) {
            over(error);
        }
    }

    private void over(TcpError error) {
        tcb.error = error;
        tcb.state = State.CLOSED;
        commons.table.remove(connection);
        finish();
    }

    private void finish() {
        tcb.events |= ConnectionEvents.CLOSED;
        tcb.acknowledgeNow = false;
        tcb.acknowledgeAt = NEVER;
        tcb.giveUpAt = NEVER;
        tcb.recovery.clear();
        tcb.send.clear();
        if (tcb.orphan) {
            clear();
        }
    }

    /** What has come and nobody will read goes as well. */
    void clear() {
        if (tcb.receive != null) {
            tcb.receive.clear();
        }
    }
}
