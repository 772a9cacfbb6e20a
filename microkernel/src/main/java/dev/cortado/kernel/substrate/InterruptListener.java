package dev.cortado.kernel.substrate;

import com.oracle.svm.core.SubstrateUtil;
import dev.cortado.kernel.ipc.Interruption;
import jdk.internal.access.SharedSecrets;
import sun.nio.ch.Interruptible;

/** As the JDK keeps it, in the thread's object. */
final class InterruptListener implements Interruption {
    @Override
    public Interruptible listener() {
        return current().nioBlocker;
    }

    @Override
    public void setListener(Interruptible listener) {
        SharedSecrets.getJavaLangAccess().blockedOn(listener);
    }

    @Override
    public boolean isPending() {
        return current().interrupted;
    }

    private static Target_java_lang_Thread_Cortado current() {
        return SubstrateUtil.cast(Thread.currentThread(), Target_java_lang_Thread_Cortado.class);
    }
}
