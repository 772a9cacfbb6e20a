package dev.cortado.runtime.file.map;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/** Calls of file systems by threads that touch memory: they cannot be told that it was too soon. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** A call that may end with EINTR, and can be made again then. */
    @FunctionalInterface
    interface Call {
        int run() throws FileException;
    }

    /** Makes a call until it was not interrupted; who has tried that has done so afterwards. */
    static int call(Call call) throws FileException {
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
