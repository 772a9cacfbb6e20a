package dev.cortado.kernel.substrate;

import com.oracle.svm.core.heap.VMOperationInfos;
import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.stack.JavaStackWalker;
import com.oracle.svm.core.thread.JavaThreads;
import com.oracle.svm.core.thread.JavaVMOperation;
import com.oracle.svm.core.thread.PlatformThreads;
import com.oracle.svm.core.thread.VMThreads;
import dev.cortado.kernel.monitor.MonitorText;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.time.Clock;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.IsolateThread;

/**
 * Prints all Java threads in the way of HotSpot's thread dump, which tools can read. Every thread
 * stands still at a safepoint meanwhile, so the stacks fit each other.
 */
@InternalVMMethod
final class ThreadDump extends JavaVMOperation {
    private static final int NAME = 8;
    private static final int STATE = 40;
    private static final int CPU = 56;
    private static final int TIME = 61;

    private final MonitorText text;
    private final boolean stacks;

    ThreadDump(MonitorText text, boolean stacks) {
        super(VMOperationInfos.get(ThreadDump.class, "Thread dump", SystemEffect.SAFEPOINT));
        this.text = text;
        this.stacks = stacks;
    }

    @Override
    protected void operate() {
        if (stacks) {
            text.text("Full thread dump Cortado (up for ").milliseconds(Clock.nanoTime());
            text.text(" ms):").line().line();
        } else {
            text.text("#").column(NAME).text("name").column(STATE).text("state");
            text.column(CPU).text("CPU").column(TIME).text("CPU time, ms").line();
        }
        IsolateThread thread = VMThreads.firstThread();
        while (thread.isNonNull()) {
            Thread java = PlatformThreads.fromVMThread(thread);
            if (java != null && thread.notEqual(CurrentIsolate.getCurrentThread())) {
                if (stacks) {
                    dump(thread, java);
                } else {
                    list(thread, java);
                }
            }
            thread = VMThreads.nextThread(thread);
        }
    }

    private void list(IsolateThread thread, Thread java) {
        KernelThread kernel = KernelThreadSupport.of(thread);
        text.number(JavaThreads.getThreadId(java)).column(NAME).text(java.getName()).column(STATE);
        text.text(java.getState().name()).column(CPU).number(kernel.getProcessor());
        text.column(TIME).milliseconds(KernelThreads.cpuNanos(kernel)).line();
    }

    private void dump(IsolateThread thread, Thread java) {
        KernelThread kernel = KernelThreadSupport.of(thread);
        text.character('"').text(java.getName()).text("\" #").number(JavaThreads.getThreadId(java));
        if (java.isDaemon()) {
            text.text(" daemon");
        }
        text.text(" prio=")
                .number(java.getPriority())
                .text(" os_prio=")
                .number(kernel.getBaseLevel());
        text.text(" cpu=").milliseconds(KernelThreads.cpuNanos(kernel)).text("ms on=");
        text.number(kernel.getProcessor()).text(" tid=").hex(thread.rawValue());
        text.text(" nid=").number(kernel.getId());
        text.text(activity(java.getState())).line();
        text.text("   java.lang.Thread.State: ").text(java.getState().name()).line();
        Thread carried = PlatformThreads.getMountedVirtualThread(java);
        if (carried != null) {
            text.text("   Carrying virtual thread #").number(JavaThreads.getThreadId(carried));
            text.text(" \"").text(carried.getName()).text("\"").line();
        }
        JavaStackWalker.walkThread(thread, new FramePrinter(text));
        text.line();
    }

    /** In HotSpot's words; what the kernel thread does is to wait here for the dump's end. */
    private static String activity(Thread.State state) {
        return switch (state) {
            case RUNNABLE -> " runnable";
            case BLOCKED -> " waiting for monitor entry";
            default -> " waiting on condition";
        };
    }
}
