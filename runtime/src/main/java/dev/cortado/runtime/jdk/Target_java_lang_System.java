package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** What {@link System} says of libraries, none of which can be loaded. */
@TargetClass(System.class)
final class Target_java_lang_System {
    private Target_java_lang_System() {}

    @Substitute
    public static String mapLibraryName(String name) {
        return "lib" + name + ".so";
    }
}
