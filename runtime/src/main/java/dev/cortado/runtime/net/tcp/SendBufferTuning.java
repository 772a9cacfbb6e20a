package dev.cortado.runtime.net.tcp;

/**
 * Lets the send buffer hold two windows: one under way, and one to go on with. Only where the
 * program has not said how large it is to be.
 */
final class SendBufferTuning {
    private SendBufferTuning() {}

    static void grow(TransmissionControlBlock tcb) {
        if (!tcb.sendBufferIsFixed) {
            long wanted = 2 * Math.min(tcb.congestion.window(), tcb.sendWindow);
            int limit = tcb.send.limit();
            if (wanted > limit && limit < tcb.settings.maximumSendBuffer && !tcb.pool.isScarce()) {
                tcb.send.setLimit((int) Math.min(wanted, tcb.settings.maximumSendBuffer));
            }
        }
    }
}
