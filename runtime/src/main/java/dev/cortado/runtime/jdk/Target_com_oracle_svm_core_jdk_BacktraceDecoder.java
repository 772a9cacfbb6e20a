package dev.cortado.runtime.jdk;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.code.CodeInfo;
import com.oracle.svm.core.code.CodeInfoDecoder;
import com.oracle.svm.core.code.FrameInfoQueryResult;
import com.oracle.svm.core.jdk.BacktraceDecoder;
import com.oracle.svm.core.jdk.StackTraceUtils;
import org.graalvm.nativeimage.c.function.CodePointer;

/**
 * Leaves the frames of an exception's constructors out of its trace, as HotSpot does, but not those
 * of other methods of its class, such as {@code NumberFormatException.forInputString}.
 */
@TargetClass(BacktraceDecoder.class)
final class Target_com_oracle_svm_core_jdk_BacktraceDecoder {
    @Alias private CodeInfoDecoder.FrameInfoCursor frameInfoCursor;

    @Alias
    protected native void processSourceReference(Class<?> clazz, String method, int line);

    /**
     * Decodes the frames that were inlined into one another at an instruction.
     *
     * @return how many frames there are so far
     */
    @Substitute
    @Uninterruptible(
            reason = "Calls visitors, which need not be uninterruptible.",
            callerMustBe = true,
            calleeMustBe = false)
    private int visitFrame(
            CodePointer instruction, CodeInfo code, int framesBefore, int maxVisited, int max) {
        int frames = framesBefore;
        frameInfoCursor.initialize(code, instruction, true);
        while (frames != max && frameInfoCursor.advance()) {
            FrameInfoQueryResult frame = frameInfoCursor.get();
            boolean shown = StackTraceUtils.shouldShowFrame(frame);
            if (shown && !(frames == 0 && HiddenFrames.isConstruction(frame))) {
                if (frames < maxVisited) {
                    processSourceReference(
                            frame.getSourceClass(),
                            frame.getSourceMethodName(),
                            frame.getSourceLineNumber());
                }
                frames++;
            }
        }
        return frames;
    }
}
