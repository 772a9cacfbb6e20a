package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.BitSet;

/** The numbers of fids that are in use, the lowest first. */
final class FidNumbers {
    /** As many files as a server is asked to have at once; Linux has its own bound below. */
    static final int MOST = 1 << 16;

    private final BitSet used = new BitSet();

    /** All below are in use. */
    private int lowest;

    /**
     * @throws FileException ENFILE
     */
    synchronized int take() throws FileException {
        int number = used.nextClearBit(lowest);
        if (number >= MOST) {
            throw new FileException(Errno.ENFILE);
        }
        used.set(number);
        lowest = number + 1;
        return number;
    }

    synchronized void giveBack(int number) {
        used.clear(number);
        lowest = Math.min(lowest, number);
    }

    synchronized int count() {
        return used.cardinality();
    }
}
