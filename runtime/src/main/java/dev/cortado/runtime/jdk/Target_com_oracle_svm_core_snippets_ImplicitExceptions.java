package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.snippets.ImplicitExceptions;
import com.oracle.svm.core.snippets.SubstrateForeignCallTarget;

/** Exceptions that compiled code throws by itself, with the messages that HotSpot gives them. */
@TargetClass(ImplicitExceptions.class)
final class Target_com_oracle_svm_core_snippets_ImplicitExceptions {
    private Target_com_oracle_svm_core_snippets_ImplicitExceptions() {}

    @Substitute
    @SubstrateForeignCallTarget(stubCallingConvention = true)
    private static ClassCastException createClassCastException(Object object, Object wanted) {
        return new ClassCastException(
                wanted instanceof Class<?> clazz
                        ? ClassCastMessage.of(object.getClass(), clazz)
                        : ClassCastMessage.of(object.getClass(), String.valueOf(wanted)));
    }

    @Substitute
    @SubstrateForeignCallTarget(stubCallingConvention = true)
    private static void throwNewClassCastExceptionWithArgs(Object object, Object wanted) {
        throw createClassCastException(object, wanted);
    }
}
