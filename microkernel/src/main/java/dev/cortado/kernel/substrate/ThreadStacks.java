package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.code.CodeInfoAccess;
import com.oracle.svm.core.code.CodeInfoDecoder.FrameInfoCursor;
import com.oracle.svm.core.code.CodeInfoTable;
import com.oracle.svm.core.log.Log;
import com.oracle.svm.core.stack.JavaFrame;
import com.oracle.svm.core.stack.JavaFrameAnchor;
import com.oracle.svm.core.stack.JavaFrameAnchors;
import com.oracle.svm.core.stack.JavaStackWalk;
import com.oracle.svm.core.stack.JavaStackWalker;
import com.oracle.svm.core.thread.PlatformThreads;
import com.oracle.svm.core.thread.VMThreads;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.ThreadFrame;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.interrupt.InterruptedStack;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.Scheduler;
import jdk.internal.misc.VM;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.function.CodePointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Prints the stacks of threads that do not run and will not run again. Nothing allocates, and no
 * lock is taken.
 */
final class ThreadStacks {
    private static final int MOST_FRAMES = 100;
    private static final int MOST_THREADS = 200;

    /** Made while the image is built. */
    private static final FrameInfoCursor CURSOR = new FrameInfoCursor();

    private static final VirtualMemory MEMORY = new VirtualMemory();

    private ThreadStacks() {}

    /** The bounds of the current thread's stack, and what of it was in use. */
    static void printBounds(Log log, long stackPointer) {
        KernelThread thread = Scheduler.current();
        long begin = begin(thread);
        log.zhex(begin).string(" to ").zhex(end(thread)).string(", used from ");
        log.zhex(stackPointer);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long begin(KernelThread thread) {
        return thread.getStackBegin() == 0 ? ImageLayout.bootStackBegin : thread.getStackBegin();
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long end(KernelThread thread) {
        return thread.getStackBegin() == 0
                ? ImageLayout.bootStackEnd
                : thread.getStackBegin() + thread.getStackBytes();
    }

    /**
     * The current thread's stack, which an exception has interrupted.
     *
     * @param isJava whether it is a Java thread; otherwise the one that Java code takes for the
     *     current one is another, whose anchors lead to its own stack
     */
    static void printCurrent(Log log, Pointer frame, boolean isJava) {
        IsolateThread thread = CurrentIsolate.getCurrentThread();
        JavaFrameAnchor anchor =
                isJava ? JavaFrameAnchors.getFrameAnchor(thread) : WordFactory.nullPointer();
        printInterrupted(log, thread, anchor, Scheduler.current(), frame);
    }

    private static void printInterrupted(
            Log log,
            IsolateThread thread,
            JavaFrameAnchor anchor,
            KernelThread kernel,
            Pointer frame) {
        long ip = frame.readLong(InterruptFrame.RIP);
        long sp = frame.readLong(InterruptFrame.RSP);
        if (isJava(ip)) {
            print(log, thread, anchor, kernel, sp, ip);
            return;
        }
        log.string("  at ").zhex(ip).string(" (not Java code)").newline();
        // The boot code's functions have their return address on top of the stack, and so has a
        // call astray.
        boolean readable = (sp & 7) == 0 && sp >= begin(kernel) && sp <= end(kernel) - Long.BYTES;
        long caller = readable ? read(sp) : 0;
        if (isJava(caller)) {
            print(log, thread, anchor, kernel, sp + Long.BYTES, caller);
        } else {
            printFromAnchor(log, thread, anchor, kernel);
        }
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long read(long address) {
        Pointer pointer = WordFactory.pointer(address);
        return pointer.readLong(0);
    }

    /** All Java threads but, if {@code withoutCurrent}, the current one. */
    static void printOthers(Log log, boolean withoutCurrent) {
        int printed = 0;
        IsolateThread thread = VMThreads.firstThreadUnsafe();
        while (thread.isNonNull() && printed < MOST_THREADS) {
            if (!withoutCurrent || thread.notEqual(CurrentIsolate.getCurrentThread())) {
                printOther(log, thread);
                printed++;
            }
            thread = VMThreads.nextThread(thread);
        }
        if (thread.isNonNull()) {
            log.string("and more threads").newline();
        }
    }

    private static void printOther(Log log, IsolateThread thread) {
        KernelThread kernel = KernelThreadSupport.of(thread);
        if (kernel.isNull()) {
            return; // it is being made
        }
        log.string("Thread ").unsigned(kernel.getId());
        Thread java = PlatformThreads.fromVMThread(thread);
        if (java != null) {
            log.string(" \"").string(java.getName()).string("\"");
            log.string(java.isDaemon() ? ", daemon, " : ", ");
            log.string(VM.toThreadState(PlatformThreads.getThreadStatus(java)).name());
        }
        log.string(", stack ").zhex(begin(kernel)).string(" to ").zhex(end(kernel)).newline();
        JavaFrameAnchor anchor = JavaFrameAnchors.getFrameAnchor(thread);
        Pointer interrupt = WordFactory.pointer(kernel.getInterruptFrame());
        if (interrupt.isNonNull()) {
            printInterrupted(log, thread, anchor, kernel, interrupt);
            return;
        }
        Pointer frame = WordFactory.pointer(kernel.getStackPointer());
        long ip = frame.readLong(ThreadFrame.RETURN_ADDRESS);
        if (isJava(ip)) {
            print(log, thread, anchor, kernel, frame.rawValue() + ThreadFrame.SIZE, ip);
        } else {
            printFromAnchor(log, thread, anchor, kernel);
        }
    }

    /** The stack from where the thread last left Java code. */
    private static void printFromAnchor(
            Log log, IsolateThread thread, JavaFrameAnchor anchor, KernelThread kernel) {
        if (anchor.isNonNull() && isJava(anchor.getLastJavaIP().rawValue())) {
            long sp = anchor.getLastJavaSP().rawValue();
            long ip = anchor.getLastJavaIP().rawValue();
            print(log, thread, anchor.getPreviousAnchor(), kernel, sp, ip);
        }
    }

    @Uninterruptible(reason = "Looks code up, which is never unloaded.")
    private static boolean isJava(long ip) {
        CodePointer code = WordFactory.pointer(ip);
        return CodeInfoTable.lookupCodeInfo(code).isNonNull();
    }

    @Uninterruptible(reason = "Walks a stack that must not change.", calleeMustBe = false)
    private static void print(
            Log log,
            IsolateThread thread,
            JavaFrameAnchor anchor,
            KernelThread kernel,
            long sp,
            long ip) {
        JavaStackWalk walk = StackValue.get(JavaStackWalker.sizeOfJavaStackWalk());
        walkFrom(walk, thread, anchor, sp, ip);
        int printed = 0;
        while (JavaStackWalker.advance(walk, thread)) {
            JavaFrame frame = JavaStackWalker.getCurrentFrame(walk);
            if (printed++ == MOST_FRAMES) {
                log.string("  and more frames").newline();
                return;
            }
            if (frame.getIPCodeInfo().isNull()) {
                log.string("  at ").zhex(frame.getIP().rawValue());
                log.string(" (not Java code)").newline();
                return;
            }
            if (printFrame(log, frame)) {
                Pointer interrupt = interruptAbove(frame.getSP().rawValue(), kernel);
                if (interrupt.isNonNull() && isJava(interrupt.readLong(InterruptFrame.RIP))) {
                    log.string("  interrupted").newline();
                    long interruptedSp = interrupt.readLong(InterruptFrame.RSP);
                    long interruptedIp = interrupt.readLong(InterruptFrame.RIP);
                    walkFrom(walk, thread, anchor, interruptedSp, interruptedIp);
                }
            }
        }
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static void walkFrom(
            JavaStackWalk walk, IsolateThread thread, JavaFrameAnchor anchor, long sp, long ip) {
        Pointer start = WordFactory.pointer(sp);
        CodePointer code = WordFactory.pointer(ip);
        JavaStackWalker.initialize(walk, thread, start, code, anchor);
    }

    /** That of the interrupt in which a thread is, if a CPU was stopped there or panics in it. */
    private static Pointer interruptAbove(long sp, KernelThread kernel) {
        return WordFactory.pointer(InterruptedStack.find(MEMORY, sp, end(kernel)));
    }

    /**
     * A frame of compiled code is one line, and one more for each method inlined there.
     *
     * @return whether an interrupt came here from other code
     */
    private static boolean printFrame(Log log, JavaFrame frame) {
        boolean isInterrupt = false;
        CURSOR.initialize(
                CodeInfoAccess.unsafeConvert(frame.getIPCodeInfo()), frame.getIP(), false);
        boolean known = false;
        while (CURSOR.advance()) {
            known = true;
            log.string("  at ").zhex(frame.getIP().rawValue()).string(" ");
            CURSOR.get().log(log);
            log.newline();
            isInterrupt |= CURSOR.get().getSourceClass() == KernelEntry.class;
        }
        if (!known) {
            log.string("  at ").zhex(frame.getIP().rawValue()).newline();
        }
        return isInterrupt;
    }
}
