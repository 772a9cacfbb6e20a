package dev.cortado.drivers.xen.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.memory.RingMemory;
import java.nio.charset.StandardCharsets;

/**
 * The last message to xenstored: the exit code at {@link #PATH}. No thread runs any more, so it
 * goes into the ring of requests (public/io/xs_wire.h) by hand, once all others have been taken out
 * of it.
 */
final class ExitNote {
    /** In the domain's directory, {@code /local/domain/ID}. */
    static final String PATH = "data/cortado/exit-code";

    private static final int RING_BYTES = 1024;
    private static final int CONSUMED = 2048;
    private static final int PRODUCED = 2052;

    private static final int XS_WRITE = 11;

    /** One that no client has got as far as. */
    private static final int REQUEST = 0x7fff_ffff;

    private static final int MOST_DIGITS = 11;

    private static final byte[] NAME = (PATH + '\0').getBytes(StandardCharsets.US_ASCII);

    private final RingMemory memory;
    private final byte[] digits = new byte[MOST_DIGITS];
    private int position;

    ExitNote(RingMemory memory) {
        this.memory = memory;
    }

    /** Whether xenstored has taken everything out of a page's ring of requests. */
    @Uninterruptible(reason = Hypercall.REASON)
    boolean isTaken(long page) {
        return memory.readIntAcquire(page + CONSUMED) == memory.readIntAcquire(page + PRODUCED);
    }

    /** Puts the message into a page's ring, which is empty. */
    @Uninterruptible(reason = Hypercall.REASON)
    void put(long page, int code) {
        int first = format(code);
        position = memory.readIntAcquire(page + PRODUCED);
        // struct xsd_sockmsg: type, request, transaction, length.
        putInt(page, XS_WRITE);
        putInt(page, REQUEST);
        putInt(page, 0);
        putInt(page, NAME.length + MOST_DIGITS - first);
        for (int i = 0; i < NAME.length; i++) {
            putByte(page, NAME[i]);
        }
        for (int i = first; i < MOST_DIGITS; i++) {
            putByte(page, digits[i]);
        }
        memory.writeIntRelease(page + PRODUCED, position);
    }

    /** The decimal digits of a number; where they begin. */
    @Uninterruptible(reason = Hypercall.REASON)
    private int format(int code) {
        long rest = code < 0 ? -(long) code : code;
        int first = MOST_DIGITS;
        do {
            digits[--first] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        if (code < 0) {
            digits[--first] = '-';
        }
        return first;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private void putInt(long page, int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            putByte(page, (byte) (value >> shift));
        }
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private void putByte(long page, byte value) {
        memory.writeByte(page + (position++ & RING_BYTES - 1), value);
    }
}
