package dev.cortado.runtime.net.tcp;

/**
 * How much the other side is told it may send: what the buffer has room for, but no silly windows
 * (RFC 1122, 4.2.3.3), and never less than was told before (RFC 9293, 3.8.6).
 */
final class ReceiveWindow {
    private ReceiveWindow() {}

    /** The window to tell now. */
    static long bytes(TransmissionControlBlock tcb) {
        if (tcb.receive == null) {
            return tcb.receiveLimit;
        }
        long told = Math.max(0, tcb.receiveEdge - tcb.receiveNext);
        long room = Math.max(0, roomEdge(tcb) - tcb.receiveNext);
        return room - told >= worthTelling(tcb) ? room : told;
    }

    /**
     * A segment's window field: rounded up, so that the edge does not go back by what a scaled
     * window cannot say.
     */
    static int field(long window, int scale) {
        return (int) Math.min(0xffff, (window + (1L << scale) - 1) >> scale);
    }

    /** Whether the program has read so much that the other side should be told at once. */
    private static boolean isUpdateDue(TransmissionControlBlock tcb) {
        long gained = roomEdge(tcb) - tcb.receiveEdge;
        if (gained < worthTelling(tcb)) {
            return false;
        }
        // With half of it still open, what comes will be acknowledged and tell it then.
        long told = tcb.receiveEdge - tcb.receiveNext;
        return told * 2 <= tcb.receive.limit() || gained >= tcb.receive.limit() / 2;
    }

    /** There is more room than before: the other side is told at once if that is worth it. */
    static void update(TransmissionControlBlock tcb) {
        if (tcb.state.receives() && isUpdateDue(tcb)) {
            tcb.acknowledgeNow = true;
        }
    }

    private static long roomEdge(TransmissionControlBlock tcb) {
        long edge = tcb.receive.edge();
        return tcb.peerFin != TransmissionControlBlock.NO_POSITION ? edge + 1 : edge;
    }

    private static long worthTelling(TransmissionControlBlock tcb) {
        return Math.min(tcb.receive.limit() / 2, tcb.receiveSegmentBytes);
    }
}
