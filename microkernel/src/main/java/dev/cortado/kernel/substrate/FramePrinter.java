package dev.cortado.kernel.substrate;

import com.oracle.svm.core.code.CodeInfo;
import com.oracle.svm.core.code.CodeInfoDecoder.FrameInfoCursor;
import com.oracle.svm.core.code.FrameSourceInfo;
import com.oracle.svm.core.deopt.DeoptimizedFrame;
import com.oracle.svm.core.jdk.StackTraceUtils;
import com.oracle.svm.core.stack.StackFrameVisitor;
import dev.cortado.kernel.monitor.MonitorText;
import org.graalvm.nativeimage.c.function.CodePointer;
import org.graalvm.word.Pointer;

/** Prints the methods of a stack that stack traces show, inlined ones included. */
final class FramePrinter extends StackFrameVisitor {
    private static final int MOST_FRAMES = 1024;
    private static final int NATIVE_METHOD = -2;

    private final FrameInfoCursor cursor = new FrameInfoCursor();
    private final MonitorText text;
    private int printed;

    FramePrinter(MonitorText text) {
        this.text = text;
    }

    @Override
    protected boolean visitRegularFrame(Pointer sp, CodePointer ip, CodeInfo code) {
        cursor.initialize(code, ip, false);
        while (cursor.advance()) {
            if (StackTraceUtils.shouldShowFrame(cursor.get())) {
                if (printed++ == MOST_FRAMES) {
                    text.text("\t... more").line();
                    return false;
                }
                print(cursor.get());
            }
        }
        return true;
    }

    /** There are none: all code was compiled before. */
    @Override
    protected boolean visitDeoptimizedFrame(
            Pointer sp, CodePointer ip, DeoptimizedFrame deoptimized) {
        return true;
    }

    private void print(FrameSourceInfo frame) {
        text.text("\tat ").text(frame.getSourceClassName()).character('.');
        text.text(frame.getSourceMethodName()).character('(');
        String file = frame.getSourceFileName();
        if (frame.getSourceLineNumber() == NATIVE_METHOD) {
            text.text("Native Method");
        } else if (file == null) {
            text.text("Unknown Source");
        } else {
            text.text(file);
            if (frame.getSourceLineNumber() > 0) {
                text.character(':').number(frame.getSourceLineNumber());
            }
        }
        text.character(')').line();
    }
}
