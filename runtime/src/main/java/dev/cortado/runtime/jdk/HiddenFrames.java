package dev.cortado.runtime.jdk;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.code.FrameSourceInfo;
import com.oracle.svm.core.hub.DynamicHub;
import com.oracle.svm.core.jdk.UninterruptibleUtils;

/**
 * Frames that HotSpot does not show either: those of method handles, through which native-image
 * calls main, of what starts a virtual thread, and of native-image's own code below {@link Thread}
 * and above a native method.
 */
final class HiddenFrames {
    private static final String[] PREFIXES = {
        "java.lang.invoke.LambdaForm",
        "java.lang.invoke.Invokers",
        "java.lang.invoke.DirectMethodHandle",
        "java.lang.VirtualThread$VThreadContinuation$",
        "com.oracle.svm.core.thread.",
        "com.oracle.svm.core.jni.",
        "com.oracle.svm.core.jdk.NativeLibraries"
    };

    /** Runs code with scoped values bound: annotated {@code Hidden} in the JDK. */
    private static final String BINDER = "runWith";

    private static final String SCOPED_VALUE = "java.lang.ScopedValue";

    private static final String CONSTRUCTOR = "<init>";
    private static final String FILL_IN = "fillInStackTrace";

    private HiddenFrames() {}

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean matches(FrameSourceInfo frame) {
        Class<?> clazz = frame.getSourceClass();
        if (clazz == null) {
            return false;
        }
        String name = DynamicHub.fromClass(clazz).getName();
        for (int i = 0; i < PREFIXES.length; i++) {
            if (UninterruptibleUtils.String.startsWith(name, PREFIXES[i])) {
                return true;
            }
        }
        return UninterruptibleUtils.String.equals(frame.getSourceMethodName(), BINDER)
                && (clazz == Thread.class
                        || UninterruptibleUtils.String.startsWith(name, SCOPED_VALUE));
    }

    /**
     * Whether this is how an exception came to be, if it is among the first frames of its trace.
     */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean isConstruction(FrameSourceInfo frame) {
        String method = frame.getSourceMethodName();
        return (UninterruptibleUtils.String.equals(method, CONSTRUCTOR)
                        || UninterruptibleUtils.String.equals(method, FILL_IN))
                && Throwable.class.isAssignableFrom(frame.getSourceClass());
    }
}
