package dev.cortado.kernel.ipc;

import org.graalvm.nativeimage.ImageSingletons;
import sun.nio.ch.Interruptible;

/**
 * Who is told of interrupts of the current Java thread: at most one, whom blocking I/O replaces and
 * then removes. The compiled runtime knows how.
 */
public interface Interruption {
    /** The image's own; constant in compiled code. */
    static Interruption get() {
        return ImageSingletons.lookup(Interruption.class);
    }

    /** Null if there is none. */
    Interruptible listener();

    void setListener(Interruptible listener);

    /** Whether the current thread is interrupted; it stays so. */
    boolean isPending();
}
