package dev.cortado.kernel.substrate;

import com.oracle.svm.core.RegisterDumper;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.heap.RestrictHeapAccess;
import com.oracle.svm.core.log.Log;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.stack.ThreadStackPrinter;
import com.oracle.svm.core.stack.ThreadStackPrinter.StackFramePrintVisitor;
import com.oracle.svm.core.thread.VMThreads.SafepointBehavior;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.Scheduler;
import java.nio.charset.StandardCharsets;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.c.function.CodePointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * The CPU's exceptions. Java code checks for null and for the stack's end by itself, so an
 * exception of the CPU means that the kernel or the compiler is wrong: it is reported and the
 * machine stops.
 */
final class Faults {
    /** Intel SDM vol. 3A, table 6-1. */
    private static final String[] NAMES = {
        "divide error", "debug exception", "non-maskable interrupt", "breakpoint",
        "overflow", "bound range exceeded", "invalid opcode", "device not available",
        "double fault", "coprocessor segment overrun", "invalid TSS", "segment not present",
        "stack-segment fault", "general protection fault", "page fault", "reserved exception",
        "x87 floating-point error", "alignment check", "machine check", "SIMD floating-point error",
        "virtualization exception", "control protection exception"
    };

    /** Page-fault error code, SDM vol. 3A, figure 4-12. */
    private static final int PRESENT = 1;

    private static final int WRITE = 1 << 1;
    private static final int FETCH = 1 << 4;

    private static final byte[] EARLY =
            "cortado: panic: CPU exception before the Java runtime is up: vector, error, rip, cr2:"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AGAIN =
            "\ncortado: panic: another CPU exception while reporting the first: vector, error, rip, cr2:"
                    .getBytes(StandardCharsets.US_ASCII);

    /** Made while the image is built: a fault must not allocate. */
    private static final StackFramePrintVisitor STACK_PRINTER = new StackFramePrintVisitor();

    private static boolean reporting;

    private Faults() {}

    @Uninterruptible(reason = "Must be uninterruptible until safepoints are prevented.")
    static void handle(Pointer frame) {
        Machine.stopOthers();
        Console.panic();
        if (reporting || CurrentIsolate.getCurrentThread().isNull()) {
            byte[] message = reporting ? AGAIN : EARLY;
            reporting = true;
            writePlain(message, frame);
        } else {
            reporting = true;
            report(frame);
        }
        Machine.panic();
    }

    @Uninterruptible(reason = "Reports a fault, in whatever state the thread is.")
    private static void writePlain(byte[] message, Pointer frame) {
        Console.write(message);
        writeHex(frame.readLong(InterruptFrame.VECTOR));
        writeHex(frame.readLong(InterruptFrame.ERROR_CODE));
        writeHex(frame.readLong(InterruptFrame.RIP));
        writeHex(Cpu.readCr2());
        Console.write((byte) '\n');
    }

    @Uninterruptible(reason = "Reports a fault, in whatever state the thread is.")
    private static void writeHex(long value) {
        Console.write((byte) ' ');
        for (int shift = 60; shift >= 0; shift -= 4) {
            int digit = (int) (value >>> shift) & 0xf;
            Console.write((byte) (digit < 10 ? '0' + digit : 'a' + digit - 10));
        }
    }

    @Uninterruptible(
            reason = "Must be uninterruptible until safepoints are prevented.",
            calleeMustBe = false)
    @RestrictHeapAccess(
            access = RestrictHeapAccess.Access.NO_ALLOCATION,
            reason = "Must not allocate in a fault.")
    private static void report(Pointer frame) {
        SafepointBehavior.preventSafepoints();
        StackOverflowCheck.singleton().disableStackOverflowChecksForFatalError();
        print(Log.log(), frame);
    }

    private static void print(Log log, Pointer frame) {
        int vector = (int) frame.readLong(InterruptFrame.VECTOR);
        log.newline().string("cortado: panic: ").string(name(vector));
        if (vector == InterruptTable.PAGE_FAULT_VECTOR) {
            printAccess(log, (int) frame.readLong(InterruptFrame.ERROR_CODE));
        } else {
            log.string(" (error code ").zhex(frame.readLong(InterruptFrame.ERROR_CODE)).string(")");
        }
        log.string(" in thread ").signed(Scheduler.current().getId()).newline();
        printStack(log, frame.readLong(InterruptFrame.RSP));
        log.string("Memory: ").unsigned(Memory.freeBytes() >> 10).string(" KiB of ");
        log.unsigned(Memory.totalBytes() >> 10).string(" KiB free").newline();
        log.string("Java stack:").newline();
        ThreadStackPrinter.printStacktrace(
                CurrentIsolate.getCurrentThread(),
                WordFactory.pointer(frame.readLong(InterruptFrame.RSP)),
                (CodePointer) WordFactory.pointer(frame.readLong(InterruptFrame.RIP)),
                STACK_PRINTER.reset(0),
                log);
        log.string("Registers:").newline();
        RegisterDumper.singleton()
                .dumpRegisters(log, (RegisterDumper.Context) frame, true, true, true);
    }

    private static String name(int vector) {
        return vector < NAMES.length ? NAMES[vector] : "reserved exception";
    }

    private static void printAccess(Log log, int error) {
        String access =
                (error & FETCH) != 0 ? "executing" : (error & WRITE) != 0 ? "writing" : "reading";
        log.string(": ").string(access).string(" address ").zhex(Cpu.readCr2());
        log.string((error & PRESENT) != 0 ? ", which is protected" : ", where nothing is mapped");
    }

    private static void printStack(Log log, long stackPointer) {
        KernelThread thread = Scheduler.current();
        long begin = thread.getStackBegin();
        log.string("Stack: ").zhex(begin).string(" to ").zhex(begin + thread.getStackBytes());
        if (begin != 0 && stackPointer < begin + 256) {
            log.string(", overflowed");
        }
        log.newline();
    }
}
