package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Isolates;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import dev.cortado.boot.layout.ImageSymbols;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.PvSymbols;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.layout.Target;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.start.CommandLine;
import dev.cortado.kernel.start.KernelStart;
import dev.cortado.kernel.start.ProcessorStart;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import java.util.function.BooleanSupplier;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.function.CEntryPoint.Publish;
import org.graalvm.nativeimage.c.function.CEntryPointLiteral;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.nativeimage.c.function.InvokeCFunctionPointer;
import org.graalvm.nativeimage.c.type.CCharPointerPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordBase;
import org.graalvm.word.WordFactory;

/**
 * Where machine code comes into Java: from the boot code, from the interrupt stubs, and at the
 * start of a thread. None of them belongs to a Java thread yet, so they neither allocate nor wait
 * for the garbage collector.
 */
final class KernelEntry {
    private static final String REASON = "No Java thread yet.";

    private static final CGlobalData<Pointer> TEXT_BEGIN = symbol(ImageSymbols.TEXT_BEGIN);
    private static final CGlobalData<Pointer> TEXT_END = symbol(ImageSymbols.TEXT_END);
    private static final CGlobalData<Pointer> RODATA_BEGIN = symbol(ImageSymbols.RODATA_BEGIN);
    private static final CGlobalData<Pointer> RODATA_END = symbol(ImageSymbols.RODATA_END);
    private static final CGlobalData<Pointer> DATA_BEGIN = symbol(ImageSymbols.DATA_BEGIN);
    private static final CGlobalData<Pointer> DATA_END = symbol(ImageSymbols.DATA_END);
    private static final CGlobalData<Pointer> HEAP_BEGIN = symbol(ImageSymbols.HEAP_BEGIN);
    private static final CGlobalData<Pointer> HEAP_END = symbol(ImageSymbols.HEAP_END);
    private static final CGlobalData<Pointer> HEAP_PHYSICAL = symbol(ImageSymbols.HEAP_PHYSICAL);
    private static final CGlobalData<Pointer> PHYSICAL_BEGIN = symbol(ImageSymbols.PHYSICAL_BEGIN);
    private static final CGlobalData<Pointer> PHYSICAL_END = symbol(ImageSymbols.PHYSICAL_END);
    private static final CGlobalData<Pointer> BOOT_STACK_BEGIN =
            symbol(StubSymbols.BOOT_STACK_BEGIN);
    private static final CGlobalData<Pointer> BOOT_STACK_END = symbol(StubSymbols.BOOT_STACK_END);
    private static final CGlobalData<Pointer> THREAD_ENTRY = symbol(StubSymbols.THREAD_ENTRY);
    private static final CGlobalData<Pointer> USE_XSAVE = symbol(StubSymbols.USE_XSAVE);
    private static final CGlobalData<Pointer> XSAVE_AREA_SIZE = symbol(StubSymbols.XSAVE_AREA_SIZE);

    private static final CGlobalData<Pointer> PROCESSOR_TRAMPOLINE_BEGIN =
            symbol(StubSymbols.PROCESSOR_TRAMPOLINE_BEGIN);
    private static final CGlobalData<Pointer> PROCESSOR_TRAMPOLINE_END =
            symbol(StubSymbols.PROCESSOR_TRAMPOLINE_END);
    private static final CGlobalData<Pointer> PROCESSOR_PAGE_MAP =
            symbol(StubSymbols.PROCESSOR_PAGE_MAP);
    private static final CGlobalData<Pointer> PROCESSOR_STACK_TOP =
            symbol(StubSymbols.PROCESSOR_STACK_TOP);
    private static final CGlobalData<Pointer> PROCESSOR_FUNCTION =
            symbol(StubSymbols.PROCESSOR_FUNCTION);
    private static final CGlobalData<Pointer> PROCESSOR_ARGUMENT =
            symbol(StubSymbols.PROCESSOR_ARGUMENT);

    private static final CEntryPointLiteral<CFunctionPointer> PROCESSOR_MAIN =
            CEntryPointLiteral.create(KernelEntry.class, "processorMain", long.class);
    private static final CEntryPointLiteral<CFunctionPointer> THREAD_MAIN =
            CEntryPointLiteral.create(KernelEntry.class, "threadMain", KernelThread.class);
    private static final CEntryPointLiteral<CFunctionPointer> JAVA_MAIN =
            CEntryPointLiteral.create(KernelEntry.class, "javaMain", PointerBase.class);

    private KernelEntry() {}

    private static CGlobalData<Pointer> symbol(String name) {
        return CGlobalDataFactory.forSymbol(name);
    }

    /** A thread's function: takes its argument, returns its exit status. */
    interface ThreadFunction extends CFunctionPointer {
        @InvokeCFunctionPointer(transition = Transition.NO_TRANSITION)
        WordBase invoke(PointerBase argument);
    }

    /** Whether the image that is being built has the boot code of a PC. */
    private static final boolean HAS_PC_STUBS = Target.current() != Target.XEN_PV;

    /** Only a PV domain's boot code calls {@link #mapEarly}. */
    static final class IsPv implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return Target.current() == Target.XEN_PV;
        }
    }

    /** The heap base is another one than that of all later code, see {@link PvSymbols}. */
    @CEntryPoint(name = PvSymbols.EARLY_ENTRY, publishAs = Publish.SymbolOnly, include = IsPv.class)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static long mapEarly(long information) {
        readLayout();
        return MachineMemory.mapEarly(information);
    }

    @CEntryPoint(name = KernelSymbols.KERNEL_ENTRY, publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static void start(long protocol, long information) {
        readLayout();
        KernelStart.run(protocol, information, JAVA_MAIN.getFunctionPointer().rawValue());
    }

    @Uninterruptible(reason = REASON)
    private static void readLayout() {
        ImageLayout.textBegin = TEXT_BEGIN.get().rawValue();
        ImageLayout.textEnd = TEXT_END.get().rawValue();
        ImageLayout.rodataBegin = RODATA_BEGIN.get().rawValue();
        ImageLayout.rodataEnd = RODATA_END.get().rawValue();
        ImageLayout.dataBegin = DATA_BEGIN.get().rawValue();
        ImageLayout.dataEnd = DATA_END.get().rawValue();
        ImageLayout.heapBegin = HEAP_BEGIN.get().rawValue();
        ImageLayout.heapEnd = HEAP_END.get().rawValue();
        ImageLayout.heapWritableBegin = Isolates.IMAGE_HEAP_WRITABLE_BEGIN.get().rawValue();
        ImageLayout.heapWritableEnd =
                Frames.roundUp(Isolates.IMAGE_HEAP_WRITABLE_END.get().rawValue(), Frames.SIZE);
        ImageLayout.heapPhysical = HEAP_PHYSICAL.get().rawValue();
        ImageLayout.physicalBegin = PHYSICAL_BEGIN.get().rawValue();
        ImageLayout.physicalEnd = PHYSICAL_END.get().rawValue();
        ImageLayout.bootStackBegin = BOOT_STACK_BEGIN.get().rawValue();
        ImageLayout.bootStackEnd = BOOT_STACK_END.get().rawValue();
        ImageLayout.threadEntry = THREAD_ENTRY.get().rawValue();
        ImageLayout.threadMain = THREAD_MAIN.getFunctionPointer().rawValue();
        if (HAS_PC_STUBS) {
            readPcLayout();
        }
        ImageLayout.processorMain = PROCESSOR_MAIN.getFunctionPointer().rawValue();
    }

    @Uninterruptible(reason = REASON)
    private static void readPcLayout() {
        ImageLayout.processorTrampolineBegin = PROCESSOR_TRAMPOLINE_BEGIN.get().rawValue();
        ImageLayout.processorTrampolineEnd = PROCESSOR_TRAMPOLINE_END.get().rawValue();
        ImageLayout.processorPageMap = PROCESSOR_PAGE_MAP.get().rawValue();
        ImageLayout.processorStackTop = PROCESSOR_STACK_TOP.get().rawValue();
        ImageLayout.processorFunction = PROCESSOR_FUNCTION.get().rawValue();
        ImageLayout.processorArgument = PROCESSOR_ARGUMENT.get().rawValue();
        ImageLayout.useXsave = USE_XSAVE.get().rawValue();
        ImageLayout.xsaveAreaSize = XSAVE_AREA_SIZE.get().rawValue();
    }

    @CEntryPoint(name = KernelSymbols.INTERRUPT_ENTRY, publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static void interrupt(Pointer frame) {
        if (frame.readLong(InterruptFrame.VECTOR) >= InterruptTable.FIRST_INTERRUPT) {
            Interrupts.dispatch(frame);
            Scheduler.afterInterrupt(frame.rawValue());
            return;
        }
        if (frame.readLong(InterruptFrame.VECTOR) == InterruptTable.NMI_VECTOR) {
            // Either way the thread does not go on, and the report wants to know where it was.
            Scheduler.current().setInterruptFrame(frame.rawValue());
            Machine.stopIfTold();
        }
        if (!PageFaults.handle(frame)) {
            Panic.report(frame);
        }
    }

    /** The first Java method of every CPU but the first, on a stack of its own. */
    @CEntryPoint(
            include = CEntryPoint.NotIncludedAutomatically.class,
            publishAs = Publish.NotPublished)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static void processorMain(long processor) {
        ProcessorStart.run(WordFactory.pointer(processor));
    }

    /** The first Java method of every kernel thread, switched to with the scheduler's lock held. */
    @CEntryPoint(
            include = CEntryPoint.NotIncludedAutomatically.class,
            publishAs = Publish.NotPublished)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static void threadMain(KernelThread thread) {
        SpinLock.release(SpinLock.SCHEDULER, Cpu.FLAGS_INTERRUPTS);
        ThreadFunction function = WordFactory.pointer(thread.getFunction());
        WordBase status = function.invoke(WordFactory.pointer(thread.getArgument()));
        KernelThreads.exit(status.rawValue());
    }

    /**
     * What native-image makes of the program: creates the isolate, runs main and shutdown hooks.
     */
    @CFunction(value = "main", transition = Transition.NO_TRANSITION)
    private static native int main(int count, CCharPointerPointer arguments);

    /** The first thread's function: the program, from isolate to exit code. */
    @CEntryPoint(
            include = CEntryPoint.NotIncludedAutomatically.class,
            publishAs = Publish.NotPublished)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static WordBase javaMain(@SuppressWarnings("unused") PointerBase argument) {
        Pointer arguments = CommandLine.toArguments();
        if (arguments.isNull()) {
            PanicCause.panic("no memory for the arguments", null);
        }
        int code = main(CommandLine.count(), (CCharPointerPointer) arguments);
        Machine.exit(code);
        return WordFactory.nullPointer();
    }
}
