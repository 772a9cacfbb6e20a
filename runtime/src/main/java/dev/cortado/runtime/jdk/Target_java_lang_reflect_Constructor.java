package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.reflect.Constructor;

/** See {@link Target_java_lang_reflect_Method}. */
@TargetClass(Constructor.class)
final class Target_java_lang_reflect_Constructor {
    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.Reset)
    private int slot;
}
