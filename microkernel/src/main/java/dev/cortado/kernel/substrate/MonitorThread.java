package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointActions;
import com.oracle.svm.core.c.function.CEntryPointErrors;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import com.oracle.svm.core.c.function.CEntryPointSetup.LeaveDetachThreadEpilogue;
import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.core.thread.PlatformThreads;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.monitor.Monitor;
import dev.cortado.kernel.monitor.MonitorText;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.RunQueue;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.Isolate;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.function.CEntryPoint.Publish;
import org.graalvm.nativeimage.c.function.CEntryPointLiteral;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordBase;
import org.graalvm.word.WordFactory;

/**
 * The thread that the monitor runs in. It waits in the kernel and belongs to Java only while there
 * is a key to handle: a program that nobody looks at has no thread more than it started.
 */
@InternalVMMethod
final class MonitorThread {
    private static final String NAME = "Cortado monitor";
    private static final String REASON = "No Java thread yet.";
    private static final long STACK_BYTES = 256 * 1024;

    private static final Monitor MONITOR = new Monitor();
    private static final MonitorText TEXT = new MonitorText(Console::write);

    private static final CEntryPointLiteral<CFunctionPointer> MAIN =
            CEntryPointLiteral.create(MonitorThread.class, "main", PointerBase.class);

    private MonitorThread() {}

    static Monitor monitor() {
        return MONITOR;
    }

    /** Runs once Java does. Without memory for the thread there is no monitor. */
    static final class Start implements RuntimeSupport.Hook {
        @Override
        public void execute(boolean isFirstIsolate) {
            startThread();
        }
    }

    private static void startThread() {
        KernelThread thread =
                KernelThreads.start(
                        MAIN.getFunctionPointer().rawValue(),
                        CurrentIsolate.getIsolate().rawValue(),
                        STACK_BYTES,
                        RunQueue.LEVELS - 1);
        if (thread.isNull()) {
            TEXT.text("cortado: no memory for the monitor").line();
        }
    }

    /** The thread's function: its argument is the isolate. */
    @CEntryPoint(
            include = CEntryPoint.NotIncludedAutomatically.class,
            publishAs = Publish.NotPublished)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static WordBase main(PointerBase argument) {
        while (true) {
            Console.awaitMonitorKey();
            serve(WordFactory.pointer(argument.rawValue()));
        }
    }

    @CFunction(value = "cortado_monitor", transition = Transition.NO_TRANSITION)
    private static native void serve(Isolate isolate);

    /** Becomes a Java thread, handles all keys that are there, and is none any more. */
    @CEntryPoint(name = "cortado_monitor", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = Attach.class, epilogue = LeaveDetachThreadEpilogue.class)
    static void serveEntry(@SuppressWarnings("unused") Isolate isolate) {
        try {
            PlatformThreads.ensureCurrentAssigned(NAME, null, true);
            int key = Console.nextMonitorKey();
            while (key != Console.END_OF_INPUT) {
                MONITOR.handle((char) key, TEXT);
                key = Console.nextMonitorKey();
            }
        } catch (Throwable e) {
            TEXT.line().text("monitor: ").text(e.getClass().getName()).line();
        }
    }

    /** Nothing is served while there is no memory to attach the thread. */
    static final class Attach implements CEntryPointOptions.Prologue {
        private Attach() {}

        @Uninterruptible(reason = "prologue")
        static int enter(Isolate isolate) {
            int error = CEntryPointActions.enterAttachThread(isolate, false, false);
            if (error != CEntryPointErrors.NO_ERROR) {
                Console.nextMonitorKey(); // or the thread would try for ever
            }
            return error;
        }
    }
}
