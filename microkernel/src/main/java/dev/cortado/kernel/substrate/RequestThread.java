package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointActions;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import com.oracle.svm.core.c.function.CEntryPointSetup.LeaveDetachThreadEpilogue;
import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.core.thread.PlatformThreads;
import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.machine.Requests;
import dev.cortado.kernel.monitor.Monitor;
import dev.cortado.kernel.monitor.MonitorText;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.RunQueue;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.Isolate;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
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
 * The thread that does what somebody outside asks for: signals, and the monitor. It waits in the
 * kernel and belongs to Java only while there is something to do: a program that nobody asks for
 * anything has no thread more than it started.
 */
@InternalVMMethod
final class RequestThread {
    private static final String NAME = "Cortado requests";
    private static final String REASON = "No Java thread yet.";
    private static final long STACK_BYTES = 256 * 1024;

    /** When to try again what there was no memory for. */
    private static final long PATIENCE_NANOS = 100_000_000;

    private static final CEntryPointLiteral<CFunctionPointer> MAIN =
            CEntryPointLiteral.create(RequestThread.class, "main", PointerBase.class);

    private static final MonitorText TEXT = new MonitorText(ConsoleStream::write);

    /** Null in an image without one. */
    private static Monitor monitor;

    private static boolean served;

    private RequestThread() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static void setMonitor(Monitor chosen) {
        monitor = chosen;
    }

    /** Runs once Java does. Without memory for the thread, nothing can be asked for. */
    static final class Start implements RuntimeSupport.Hook {
        @Override
        public void execute(boolean isFirstIsolate) {
            KernelThread thread =
                    KernelThreads.start(
                            MAIN.getFunctionPointer().rawValue(),
                            CurrentIsolate.getIsolate().rawValue(),
                            STACK_BYTES,
                            RunQueue.LEVELS - 1);
            if (thread.isNull()) {
                TEXT.text("cortado: no memory for the thread that handles signals").line();
            }
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
            int requests = Requests.await();
            served = false;
            serve(WordFactory.pointer(argument.rawValue()), requests);
            if (!served) {
                KernelThreads.sleep(PATIENCE_NANOS);
                Requests.askAgain(requests);
            }
        }
    }

    @CFunction(value = "cortado_requests", transition = Transition.NO_TRANSITION)
    private static native void serve(Isolate isolate, int requests);

    /** Becomes a Java thread, does what is asked for, and is none any more. */
    @CEntryPoint(name = "cortado_requests", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = Attach.class, epilogue = LeaveDetachThreadEpilogue.class)
    static void serveEntry(@SuppressWarnings("unused") Isolate isolate, int requests) {
        served = true;
        try {
            PlatformThreads.ensureCurrentAssigned(NAME, null, true);
            if ((requests & 1 << Requests.MONITOR) != 0) {
                serveMonitor();
            }
            for (int signal = 1; signal < Integer.SIZE; signal++) {
                if ((requests & 1 << signal) != 0) {
                    Signals.deliver(signal);
                }
            }
        } catch (Throwable e) {
            TEXT.line().text("cortado: ").text(e.getClass().getName()).line();
        }
    }

    private static void serveMonitor() {
        int key = Keyboard.nextMonitorKey();
        while (key != Keyboard.END_OF_INPUT) {
            if (monitor != null) {
                monitor.handle((char) key, TEXT);
            }
            key = Keyboard.nextMonitorKey();
        }
    }

    /** Nothing is served while there is no memory to attach the thread. */
    static final class Attach implements CEntryPointOptions.Prologue {
        private Attach() {}

        @Uninterruptible(reason = "prologue")
        static int enter(Isolate isolate) {
            return CEntryPointActions.enterAttachThread(isolate, false, false);
        }
    }
}
