package dev.cortado.runtime.jdk;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.code.FrameSourceInfo;
import com.oracle.svm.core.jdk.StackTraceUtils;

/** Stack traces leave out what {@link HiddenFrames} names. */
@TargetClass(StackTraceUtils.class)
final class Target_com_oracle_svm_core_jdk_StackTraceUtils {
    private Target_com_oracle_svm_core_jdk_StackTraceUtils() {}

    @Alias
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static native boolean shouldShowFrame(
            Class<?> clazz,
            String methodName,
            boolean showLambdaFrames,
            boolean showReflectFrames,
            boolean showHiddenFrames);

    @Substitute
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static boolean shouldShowFrame(FrameSourceInfo frame) {
        Class<?> clazz = frame.getSourceClass();
        return !HiddenFrames.matches(frame)
                && shouldShowFrame(clazz, frame.getSourceMethodName(), false, true, false);
    }

    @Substitute
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static boolean shouldShowFrame(
            FrameSourceInfo frame,
            boolean showLambdaFrames,
            boolean showReflectFrames,
            boolean showHiddenFrames) {
        Class<?> clazz = frame.getSourceClass();
        return (showHiddenFrames || !HiddenFrames.matches(frame))
                && shouldShowFrame(
                        clazz,
                        frame.getSourceMethodName(),
                        showLambdaFrames,
                        showReflectFrames,
                        showHiddenFrames);
    }
}
