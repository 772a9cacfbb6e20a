package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.firmware.InterruptTopology;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.interrupt.LocalApic;
import dev.cortado.kernel.interrupt.TranslationShootdown;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.MemoryMap;
import dev.cortado.kernel.memory.MemorySetup;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.Timer;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Starts the CPUs that wait since the reset: INIT, then SIPI with the page of the trampoline (Intel
 * SDM vol. 3A, 8.4.4 "MP Initialization Example"). Hypervisors follow at once; for real CPUs there
 * is a second try with the times that the manual asks for.
 */
public final class ProcessorStart {
    private static final long IDLE_STACK_BYTES = 32 * 1024;

    /** Pages that SIPI can name and no firmware keeps something in. */
    private static final long LOWEST_PAGE = 0x1000;

    private static final long END_OF_LOW_MEMORY = 0x9_0000;

    private static final long SHORT_WAIT = 200_000;
    private static final long INIT_WAIT = 10_000_000;
    private static final long FIRST_TRY = 100_000_000;
    private static final long SECOND_TRY = 1_000_000_000;

    private static final TranslationShootdown SHOOTDOWN = new TranslationShootdown();
    private static final byte[] NOT_STARTED = KernelStart.ascii("cortado: a CPU does not start\n");
    private static final byte[] OTHER_TIME =
            KernelStart.ascii("cortado: a CPU is not used, its time is not that of the others\n");

    private static long trampoline;

    private ProcessorStart() {}

    /** Puts the trampoline where CPUs start. All of low memory is still mapped. */
    @Uninterruptible(reason = BootInformation.REASON)
    static void copyTrampoline(MemoryMap map) {
        for (int i = 0; i < map.count() && trampoline == 0; i++) {
            long begin = map.begin(i) < LOWEST_PAGE ? LOWEST_PAGE : map.begin(i);
            if (begin + Frames.SIZE <= map.end(i) && begin + Frames.SIZE <= END_OF_LOW_MEMORY) {
                trampoline = begin;
            }
        }
        if (trampoline != 0) {
            Pointer to = WordFactory.pointer(DirectMap.toVirtual(trampoline));
            Pointer from = WordFactory.pointer(ImageLayout.processorTrampolineBegin);
            long bytes = ImageLayout.processorTrampolineEnd - from.rawValue();
            for (int i = 0; i < bytes; i++) {
                to.writeByte(i, from.readByte(i));
            }
        }
    }

    /** Starts all others of the machine, as far as there is memory for them. */
    @Uninterruptible(reason = BootInformation.REASON)
    static void startAll(InterruptTopology topology) {
        if (topology.processors().count() < 2 || trampoline == 0) {
            return;
        }
        Memory.setTranslations(SHOOTDOWN);
        Interrupts.bind(Interrupts.FORGET_VECTOR, SHOOTDOWN);
        for (int i = 0; i < topology.processors().count(); i++) {
            int apicId = topology.processors().apicId(i);
            if (apicId != LocalApic.id()
                    && LocalApic.canAddress(apicId)
                    && Processors.online() < Processors.CAPACITY) {
                start(apicId);
            }
        }
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private static void start(int apicId) {
        Processor processor = CpuState.create(apicId);
        long stack = Memory.allocateStack(IDLE_STACK_BYTES, false);
        if (processor.isNull() || stack == 0) {
            return;
        }
        Processors.add(processor);
        if (!Scheduler.initializeProcessor(processor, stack, IDLE_STACK_BYTES)) {
            Processors.removeLast();
            return;
        }
        write(ImageLayout.processorPageMap, Memory.pageMap());
        write(ImageLayout.processorStackTop, stack + IDLE_STACK_BYTES);
        write(ImageLayout.processorFunction, ImageLayout.processorMain);
        write(ImageLayout.processorArgument, processor.rawValue());
        long before = Clock.nanoTime();
        LocalApic.sendInit(apicId);
        await(processor, SHORT_WAIT);
        LocalApic.sendStartup(apicId, (int) trampoline);
        if (!await(processor, FIRST_TRY)) {
            LocalApic.sendInit(apicId);
            await(processor, INIT_WAIT);
            LocalApic.sendStartup(apicId, (int) trampoline);
            await(processor, SHORT_WAIT);
            LocalApic.sendStartup(apicId, (int) trampoline);
        }
        boolean started = await(processor, SECOND_TRY);
        boolean sameTime =
                processor.getStartedAt() >= before && processor.getStartedAt() <= Clock.nanoTime();
        if (started && sameTime) {
            Processors.lastIsOnline();
        } else {
            // It waits for a SIPI again, whatever it has been doing.
            LocalApic.sendInit(apicId);
            Processors.removeLast();
            KernelStart.say(started ? OTHER_TIME : NOT_STARTED);
        }
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private static void write(long variable, long value) {
        Pointer pointer = WordFactory.pointer(variable);
        pointer.writeLong(0, value);
    }

    /** Whether the CPU has come so far within {@code nanos}. */
    @Uninterruptible(reason = BootInformation.REASON)
    private static boolean await(Processor processor, long nanos) {
        long deadline = Clock.deadlineIn(nanos);
        while (processor.getOnline() == 0 && Clock.nanoTime() < deadline) {
            Cpu.pause();
        }
        return processor.getOnline() != 0;
    }

    /** What the started CPU does: becomes that processor, runs threads for ever. */
    @Uninterruptible(reason = BootInformation.REASON)
    public static void run(Processor processor) {
        MemorySetup.activateProcessor();
        CpuState.activate(processor);
        LocalApic.initializeProcessor();
        Timer.initializeProcessor();
        processor.setStartedAt(Clock.nanoTime());
        processor.setOnline(1);
        Scheduler.idle();
    }
}
