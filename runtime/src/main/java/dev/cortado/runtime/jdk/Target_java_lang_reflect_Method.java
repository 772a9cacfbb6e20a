package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.reflect.Method;

/**
 * A method's slot is its number in the compiling JVM, another one in each run; nobody asks here.
 */
@TargetClass(Method.class)
final class Target_java_lang_reflect_Method {
    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.Reset)
    private int slot;
}
