package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Stack traces print as they do on HotSpot: without the version of the JDK's own modules and
 * without the names of its class loaders, which HotSpot knows from the class and native-image
 * leaves out.
 */
@TargetClass(StackTraceElement.class)
final class Target_java_lang_StackTraceElement {
    @Alias private String moduleName;
    @Alias private String classLoaderName;

    @Substitute
    private boolean dropModuleVersion() {
        return moduleName != null
                && (moduleName.startsWith("java.") || moduleName.startsWith("jdk."));
    }

    @Substitute
    private boolean dropClassLoaderName() {
        return classLoaderName == null
                || classLoaderName.equals("app")
                || classLoaderName.equals("platform");
    }
}
