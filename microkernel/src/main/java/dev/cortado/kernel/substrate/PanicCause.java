package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.JDKUtils;
import com.oracle.svm.core.log.Log;
import com.oracle.svm.core.thread.PlatformThreads;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.word.Pointer;

/** Why the guest cannot go on: an exception of the CPU, or what the Java runtime says. */
final class PanicCause {
    /** Page-fault error code, Intel SDM vol. 3A, figure 4-12. */
    private static final int PRESENT = 1;

    private static final int WRITE = 1 << 1;
    private static final int FETCH = 1 << 4;

    /** How far below a stack an access can be that was meant for the stack. */
    private static final long OVERFLOW_REACH = 64 << 10;

    /** Intel SDM vol. 3A, table 6-1. */
    private static final String[] NAMES = {
        "divide error", "debug exception", "non-maskable interrupt", "breakpoint",
        "overflow", "bound range exceeded", "invalid opcode", "device not available",
        "double fault", "coprocessor segment overrun", "invalid TSS", "segment not present",
        "stack-segment fault", "general protection fault", "page fault", "reserved exception",
        "x87 floating-point error", "alignment check", "machine check", "SIMD floating-point error",
        "virtualization exception", "control protection exception"
    };

    private static String message;
    private static Throwable exception;
    private static long address;
    private static boolean nameIsReadable = true;

    private PanicCause() {}

    /**
     * Ends the guest with a report, for a reason that is no exception of the CPU. Raises one, to
     * have the registers and to be where exceptions are reported. Does not return.
     *
     * @param exceptionOrNull what the Java runtime could not handle
     */
    @Uninterruptible(reason = "Ends the machine, whatever state it is in.")
    static void panic(String why, Throwable exceptionOrNull) {
        if (!Panic.hasBegun() && message == null) {
            message = why;
            exception = exceptionOrNull;
        }
        Cpu.trap();
    }

    /** Remembers CR2: the address whose access caused the last page fault. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static void setAddress(long value) {
        address = value;
    }

    /** One line without its end: what happened, and in which thread. */
    static void print(Log log, Pointer frame, boolean inJavaThread) {
        KernelThread thread = Scheduler.current();
        if (message != null) {
            printMessage(log);
        } else if (isStackOverflow(frame, thread)) {
            log.string("stack overflow: nothing is mapped at ").zhex(address);
            log.string(", below the stack from ").zhex(thread.getStackBegin());
        } else {
            printFault(log, frame);
        }
        log.string(", in thread ").unsigned(thread.getId());
        if (inJavaThread && nameIsReadable) {
            // Should the heap be broken, reading it again would not help.
            nameIsReadable = false;
            Thread java = PlatformThreads.fromVMThread(CurrentIsolate.getCurrentThread());
            if (java != null) {
                log.string(" \"").string(java.getName()).string("\"");
            }
            nameIsReadable = true;
        } else if (!inJavaThread) {
            log.string(", which runs no Java code");
        }
    }

    private static void printMessage(Log log) {
        log.string("fatal error of the Java runtime: ").string(message);
        if (exception != null) {
            log.string(": ").string(exception.getClass().getName());
            String text = JDKUtils.getRawMessage(exception);
            if (text != null) {
                log.string(": ").string(text);
            }
        }
    }

    /** The exception that the Java runtime reported, if it did, with its stack trace. */
    static void printException(Log log) {
        if (exception != null) {
            log.exception(exception).newline();
        }
    }

    /**
     * An access below the stack is a page fault where page faults have a stack of their own, and
     * otherwise a double fault, since the page fault cannot be put on the stack.
     */
    private static boolean isStackOverflow(Pointer frame, KernelThread thread) {
        int vector = vector(frame);
        long begin = thread.getStackBegin();
        return (vector == InterruptTable.PAGE_FAULT_VECTOR
                        || vector == InterruptTable.DOUBLE_FAULT_VECTOR)
                && begin != 0
                && address < begin
                && address >= begin - OVERFLOW_REACH;
    }

    private static void printFault(Log log, Pointer frame) {
        int vector = vector(frame);
        long error = frame.readLong(InterruptFrame.ERROR_CODE);
        log.string(vector < NAMES.length ? NAMES[vector] : "reserved exception");
        if (vector == InterruptTable.PAGE_FAULT_VECTOR) {
            log.string(": ").string(access(error)).string(" address ").zhex(address);
            boolean present = (error & PRESENT) != 0;
            log.string(present ? ", which is protected" : ", where nothing is mapped");
        } else {
            log.string(" at ").zhex(frame.readLong(InterruptFrame.RIP));
            log.string(" (error code ").zhex(error).string(")");
        }
    }

    private static String access(long error) {
        if ((error & FETCH) != 0) {
            return "executing";
        }
        return (error & WRITE) != 0 ? "writing" : "reading";
    }

    private static int vector(Pointer frame) {
        return (int) frame.readLong(InterruptFrame.VECTOR);
    }
}
