package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import com.oracle.svm.core.jdk.InternalVMMethod;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.thread.Condition;
import dev.cortado.kernel.thread.Mutex;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.thread.Semaphore;
import dev.cortado.kernel.thread.WaitQueue;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.function.CEntryPoint.Publish;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.Pointer;

/**
 * The kernel calls that may block, for Java threads. Kernel and program share one address space and
 * one compiler, so a call is a call; what it needs is the transition that tells the garbage
 * collector not to wait for the thread meanwhile. The compiler makes one around a C function, so
 * each kernel call is published as a symbol (the methods whose names end in Entry) and imported
 * again as a C function.
 */
@InternalVMMethod
public final class SystemCalls {
    private static final String REASON =
            "In the kernel: the garbage collector does not wait for us.";

    private SystemCalls() {}

    @CFunction(value = "cortado_call_lock", transition = Transition.TO_NATIVE)
    static native void lock(Mutex mutex);

    @CEntryPoint(name = "cortado_call_lock", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static void lockEntry(Mutex mutex) {
        Mutex.Operations.lock(mutex);
    }

    /** Returns 1 if it was signalled, 0 if the deadline came first. */
    @CFunction(value = "cortado_call_await", transition = Transition.TO_NATIVE)
    static native int await(WaitQueue condition, Mutex mutex, long deadline);

    @CEntryPoint(name = "cortado_call_await", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static int awaitEntry(WaitQueue condition, Mutex mutex, long deadline) {
        return Condition.await(condition, mutex, deadline) ? 1 : 0;
    }

    /** Returns 1 if a permit was taken, 0 if the deadline came first. */
    @CFunction(value = "cortado_call_acquire", transition = Transition.TO_NATIVE)
    static native int acquire(Semaphore semaphore, long deadline);

    @CEntryPoint(name = "cortado_call_acquire", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static int acquireEntry(Semaphore semaphore, long deadline) {
        return Semaphore.Operations.acquire(semaphore, deadline) ? 1 : 0;
    }

    @CFunction(value = "cortado_call_yield", transition = Transition.TO_NATIVE)
    static native void yield();

    @CEntryPoint(name = "cortado_call_yield", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static void yieldEntry() {
        Scheduler.yield();
    }

    /**
     * A part of a write: nobody else's comes between the first and the last.
     *
     * @param isFirst 1 for the first part, or 0
     * @param isLast 1 for the last part, or 0
     */
    @CFunction(value = "cortado_call_write_console", transition = Transition.TO_NATIVE)
    static native void writeConsole(Pointer bytes, int count, int isFirst, int isLast);

    @CEntryPoint(name = "cortado_call_write_console", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static void writeConsoleEntry(Pointer bytes, int count, int isFirst, int isLast) {
        if (isFirst != 0) {
            Console.beginWrite();
        }
        Console.writePatiently(bytes, count);
        if (isLast != 0) {
            Console.endWrite();
        }
    }

    /** See {@link Keyboard#read}. */
    @CFunction(value = "cortado_call_read_console", transition = Transition.TO_NATIVE)
    static native int readConsole(Pointer buffer, int capacity, long before);

    @CEntryPoint(name = "cortado_call_read_console", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static int readConsoleEntry(Pointer buffer, int capacity, long before) {
        return Keyboard.read(buffer, capacity, before);
    }
}
