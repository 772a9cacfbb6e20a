package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import java.util.function.IntUnaryOperator;

/**
 * Reads into several buffers, or writes from them, one after the other. What was moved before a
 * failure counts, and whoever goes on from there meets that again (readv(2), writev(2)).
 */
final class VectorTransfers {
    /** Moves bytes between a file and the buffer of an index, see {@link OpenFile}. */
    @FunctionalInterface
    interface Move {
        int run(int index) throws FileException;
    }

    private VectorTransfers() {}

    /** Waits at the first buffer only. */
    static long read(OpenFile file, int count, IntUnaryOperator lengths, Move read)
            throws FileException {
        Move ifReady = index -> isReady(file) ? read.run(index) : OpenFile.UNAVAILABLE;
        return each(count, lengths, read, ifReady);
    }

    /** Not {@link OpenFile#available}: nobody can say how many bytes a device has. */
    private static boolean isReady(OpenFile file) {
        return (file.pollState() & PollState.READABLE) != 0;
    }

    static long write(int count, IntUnaryOperator lengths, Move write) throws FileException {
        return each(count, lengths, write, write);
    }

    private static long each(int count, IntUnaryOperator lengths, Move first, Move next)
            throws FileException {
        long total = 0;
        for (int i = 0; i < count; i++) {
            int done;
            try {
                done = total == 0 ? first.run(i) : next.run(i);
            } catch (FileException e) {
                if (total == 0) {
                    throw e;
                }
                return total;
            }
            if (done < lengths.applyAsInt(i)) {
                return total == 0 ? done : total + Math.max(done, 0);
            }
            total += done;
        }
        return total;
    }
}
