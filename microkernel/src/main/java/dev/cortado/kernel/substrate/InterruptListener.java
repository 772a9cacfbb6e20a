package dev.cortado.kernel.substrate;

import com.oracle.svm.core.SubstrateUtil;
import jdk.internal.access.SharedSecrets;
import sun.nio.ch.Interruptible;

/** Who is told of interrupts of the current thread: at most one, and I/O takes its place. */
public final class InterruptListener {
    private InterruptListener() {}

    /** Stays as long as nobody else is installed: asking again costs next to nothing. */
    public static void install(Interruptible listener) {
        Target_java_lang_Thread_Cortado thread =
                SubstrateUtil.cast(Thread.currentThread(), Target_java_lang_Thread_Cortado.class);
        if (thread.nioBlocker != listener) {
            SharedSecrets.getJavaLangAccess().blockedOn(listener);
        }
    }
}
