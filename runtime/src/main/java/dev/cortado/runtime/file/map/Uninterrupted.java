package dev.cortado.runtime.file.map;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/** Calls by threads that cannot be told that it was too soon, such as those that touch memory. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** A call that may end with EINTR, and can be made again then. */
    @FunctionalInterface
    public interface Call {
        long run() throws FileException;
    }

    /** Makes a call until it was not interrupted; who has tried that has done so afterwards. */
    public static long call(Call call) throws FileException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return call.run();
                } catch (FileException e) {
                    if (e.errno() != Errno.EINTR) {
                        throw e;
                    }
                    interrupted = true;
                    Thread.interrupted(); // or it would be so again
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
