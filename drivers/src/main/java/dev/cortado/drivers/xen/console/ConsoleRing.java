package dev.cortado.drivers.xen.console;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.memory.RingMemory;

/**
 * The two rings of bytes in the console's page (public/io/console.h, {@code struct
 * xencons_interface}). Our own indices are kept here: what the page says of them is for the other
 * side only. The other side's are taken modulo the ring's size, and where they make no sense the
 * ring counts as full, or as empty.
 */
final class ConsoleRing {
    private static final int IN = 0;
    private static final int IN_BYTES = 1024;
    private static final int OUT = 1024;
    private static final int OUT_BYTES = 2048;
    private static final int IN_CONSUMED = 3072;
    private static final int IN_PRODUCED = 3076;
    private static final int OUT_CONSUMED = 3080;
    private static final int OUT_PRODUCED = 3084;

    /** What {@link #read} returns when nothing has come in. */
    static final int EMPTY = -1;

    private final RingMemory memory;
    private long page;
    private int consumed;
    private int produced;

    ConsoleRing(RingMemory memory) {
        this.memory = memory;
    }

    /** Goes on where a page's rings are. */
    @Uninterruptible(reason = Hypercall.REASON)
    void connect(long address) {
        page = address;
        consumed = memory.readIntAcquire(page + IN_CONSUMED);
        produced = memory.readIntAcquire(page + OUT_PRODUCED);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    boolean isConnected() {
        return page != 0;
    }

    /** How many bytes can be written. */
    @Uninterruptible(reason = Hypercall.REASON)
    int room() {
        int written = produced - outConsumed();
        return Integer.compareUnsigned(written, OUT_BYTES) < 0 ? OUT_BYTES - written : 0;
    }

    /** Whether the other side has taken all that was written. */
    @Uninterruptible(reason = Hypercall.REASON)
    boolean isDrained() {
        return produced == outConsumed();
    }

    /** How far the other side has come. */
    @Uninterruptible(reason = Hypercall.REASON)
    int outConsumed() {
        return memory.readIntAcquire(page + OUT_CONSUMED);
    }

    /** Writes a byte; {@link #room} has said that it may. */
    @Uninterruptible(reason = Hypercall.REASON)
    void write(byte value) {
        memory.writeByte(page + OUT + (produced & OUT_BYTES - 1), value);
        produced++;
        memory.writeIntRelease(page + OUT_PRODUCED, produced);
    }

    /** Whether nothing has come in that was not read. */
    @Uninterruptible(reason = Hypercall.REASON)
    boolean isEmpty() {
        return memory.readIntAcquire(page + IN_PRODUCED) == consumed;
    }

    /** The next byte that has come in, or {@link #EMPTY}. */
    @Uninterruptible(reason = Hypercall.REASON)
    int read() {
        int end = memory.readIntAcquire(page + IN_PRODUCED);
        if (end == consumed) {
            return EMPTY;
        }
        if (Integer.compareUnsigned(end - consumed, IN_BYTES) > 0) {
            // Nobody can have written that much: there is nothing to be read, up to there.
            acknowledge(end);
            return EMPTY;
        }
        int value = memory.readByte(page + IN + (consumed & IN_BYTES - 1)) & 0xff;
        acknowledge(consumed + 1);
        return value;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private void acknowledge(int end) {
        consumed = end;
        memory.fullFence(); // the byte has been read before it may be overwritten
        memory.writeIntRelease(page + IN_CONSUMED, consumed);
    }
}
