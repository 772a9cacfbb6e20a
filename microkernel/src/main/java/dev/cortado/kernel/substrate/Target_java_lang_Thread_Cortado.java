package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import sun.nio.ch.Interruptible;

/** {@code Thread.setPriority}: the native method that follows the field's change does nothing. */
@TargetClass(Thread.class)
final class Target_java_lang_Thread_Cortado {
    @Alias Target_java_lang_Thread_FieldHolder_Cortado holder;

    /** What {@code Thread.interrupt} tells of it. */
    @Alias Interruptible nioBlocker;

    @Alias volatile boolean interrupted;

    @Substitute
    void priority(int newPriority) {
        ThreadGroup group = holder.group;
        if (group != null) {
            int priority = Math.min(newPriority, group.getMaxPriority());
            holder.priority = priority;
            ThreadLevels.apply((Thread) (Object) this, priority);
        }
    }
}
