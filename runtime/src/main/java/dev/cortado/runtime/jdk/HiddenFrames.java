package dev.cortado.runtime.jdk;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.hub.DynamicHub;
import com.oracle.svm.core.jdk.UninterruptibleUtils;

/**
 * Frames that HotSpot does not show either: those of method handles, through which native-image
 * calls main, and of its own code below {@link Thread}.
 */
final class HiddenFrames {
    private static final String[] PREFIXES = {
        "java.lang.invoke.LambdaForm",
        "java.lang.invoke.Invokers",
        "java.lang.invoke.DirectMethodHandle",
        "com.oracle.svm.core.thread."
    };

    private HiddenFrames() {}

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean matches(Class<?> clazz) {
        if (clazz != null) {
            String name = DynamicHub.fromClass(clazz).getName();
            for (int i = 0; i < PREFIXES.length; i++) {
                if (UninterruptibleUtils.String.startsWith(name, PREFIXES[i])) {
                    return true;
                }
            }
        }
        return false;
    }
}
