package dev.cortado.kernel.substrate;

import com.oracle.svm.core.SubstrateUtil;
import jdk.internal.access.SharedSecrets;
import sun.nio.ch.Interruptible;

/**
 * Who is told of interrupts of the current thread: at most one, whom blocking I/O replaces and then
 * removes.
 */
public final class InterruptListener {
    private InterruptListener() {}

    /** Null if there is none. */
    public static Interruptible installed() {
        return current().nioBlocker;
    }

    public static void install(Interruptible listener) {
        SharedSecrets.getJavaLangAccess().blockedOn(listener);
    }

    /** Whether the current thread is interrupted; it stays so. */
    public static boolean isInterrupted() {
        return current().interrupted;
    }

    private static Target_java_lang_Thread_Cortado current() {
        return SubstrateUtil.cast(Thread.currentThread(), Target_java_lang_Thread_Cortado.class);
    }
}
