package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.code.CodeInfo;
import com.oracle.svm.core.code.CodeInfoDecoder.FrameInfoCursor;
import com.oracle.svm.core.deopt.DeoptimizedFrame;
import com.oracle.svm.core.stack.JavaStackWalker;
import com.oracle.svm.core.stack.StackFrameVisitor;
import jdk.internal.misc.ScopedMemoryAccess;
import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.nativeimage.c.function.CodePointer;
import org.graalvm.word.Pointer;

/** Looks for a method that accesses an arena's memory on a stack, inlined ones included. */
final class ScopedAccessSearch extends StackFrameVisitor {
    /**
     * What accesses memory calls a few methods at the most, and never the program's; those of file
     * system and disk where a page of a mapped file is read.
     */
    private static final int MOST_FRAMES = 256;

    /** Another thread that is closing an arena: it accesses nothing. */
    private static final String CLOSE = "closeScope";

    private final FrameInfoCursor cursor = new FrameInfoCursor();
    private int frames;
    private boolean inside;

    /** Whether this thread, which stands still, is in the middle of an access. */
    boolean isInside(IsolateThread thread) {
        frames = 0;
        inside = false;
        JavaStackWalker.walkThread(thread, this);
        return inside;
    }

    @Override
    protected boolean visitRegularFrame(Pointer sp, CodePointer ip, CodeInfo code) {
        cursor.initialize(code, ip, false);
        while (cursor.advance()) {
            if (cursor.get().getSourceClass() == ScopedMemoryAccess.class
                    && !cursor.get().getSourceMethodName().startsWith(CLOSE)) {
                inside = true;
                return false;
            }
        }
        return ++frames < MOST_FRAMES;
    }

    /** There are none: all code was compiled before. */
    @Override
    protected boolean visitDeoptimizedFrame(
            Pointer sp, CodePointer ip, DeoptimizedFrame deoptimized) {
        return true;
    }
}
