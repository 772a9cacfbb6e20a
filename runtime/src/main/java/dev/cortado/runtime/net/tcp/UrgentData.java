package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.tcp.memory.ReceiveBuffer;
import java.nio.ByteBuffer;

/**
 * Urgent data for who does not want it in line: the last urgent byte is left out of the stream, and
 * a read ends before it, so that a program that looks for its place finds it.
 */
final class UrgentData {
    private UrgentData() {}

    /** Reads from the receive buffer, without the urgent byte unless it is wanted. */
    static int read(TransmissionControlBlock tcb, ByteBuffer to) {
        ReceiveBuffer receive = tcb.receive;
        long urgent = tcb.receiveUrgent - 1;
        if (tcb.urgentInLine
                || tcb.receiveUrgent == TransmissionControlBlock.NO_POSITION
                || urgent < receive.start()
                || urgent >= receive.next()) {
            return receive.read(to);
        }
        if (urgent == receive.start()) {
            receive.skip();
            tcb.receiveUrgent = TransmissionControlBlock.NO_POSITION;
            return receive.read(to);
        }
        int before = (int) (urgent - receive.start());
        int limit = to.limit();
        to.limit(Math.min(limit, to.position() + before));
        int count = receive.read(to);
        to.limit(limit);
        return count;
    }
}
