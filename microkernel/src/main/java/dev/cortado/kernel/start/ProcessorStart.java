package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.Stacks;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.Timer;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** From a CPU that the machine has to one that runs threads. */
public final class ProcessorStart {
    private static final long IDLE_STACK_BYTES = 32 * 1024;

    /** What a CPU takes at the most: stacks, tables, frames that it keeps at hand. */
    private static final long BYTES_A_CPU = 512 * 1024;

    private static final long LAST_WAIT = 1_000_000_000;

    /** For a CPU that has begun: a busy hypervisor may not let it run for long. */
    private static final long LONG_WAIT = 60_000_000_000L;

    private static final byte[] NOT_STARTED = KernelStart.ascii("cortado: a CPU does not start\n");
    private static final byte[] OTHER_TIME =
            KernelStart.ascii("cortado: a CPU is not used, its time is not that of the others\n");

    private static final byte[] RUNNING = KernelStart.ascii("cortado: ");
    private static final byte[] OF_THESE = KernelStart.ascii(" of this machine's ");
    private static final byte[] NO_MORE =
            KernelStart.ascii(" CPUs are used: a kernel runs no more\n");
    private static final byte[] NO_MEMORY =
            KernelStart.ascii(" CPUs are used: there is no memory for more\n");

    private static ProcessorModel model;
    private static ProcessorStarter starter;

    private ProcessorStart() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setModel(ProcessorModel chosen) {
        model = chosen;
    }

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setStarter(ProcessorStarter chosen) {
        starter = chosen;
    }

    @Uninterruptible(reason = BootInformation.REASON)
    static void prepare() {
        starter.prepare();
    }

    /** The CPU that runs this is the first of the machine's; null: no memory. */
    @Uninterruptible(reason = BootInformation.REASON)
    static Processor createFirst() {
        Processor processor = model.create(Interrupts.controller().id());
        if (processor.isNonNull()) {
            Processors.add(processor);
            model.activate(processor);
            model.initializeShared();
        }
        return processor;
    }

    /** Starts all others of the machine, as far as there is room and memory for them. */
    @Uninterruptible(reason = BootInformation.REASON)
    static void startAll() {
        int count = starter.count();
        for (int i = 0; i < count; i++) {
            int hardwareId = starter.hardwareId(i);
            if (hardwareId == ProcessorStarter.NONE) {
                continue;
            }
            if (Processors.online() == Processors.CAPACITY) {
                sayHowMany(count, NO_MORE);
                return;
            }
            if (Memory.freeBytes() < KernelStart.MINIMUM_FREE_BYTES + BYTES_A_CPU
                    || !start(hardwareId)) {
                sayHowMany(count, NO_MEMORY);
                return;
            }
        }
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private static void sayHowMany(int count, byte[] reason) {
        KernelStart.say(RUNNING);
        KernelStart.writeDecimal(Processors.online());
        KernelStart.say(OF_THESE);
        KernelStart.writeDecimal(count);
        KernelStart.say(reason);
    }

    /** False: no memory. A CPU that does not start is passed over, with a word. */
    @Uninterruptible(reason = BootInformation.REASON)
    private static boolean start(int hardwareId) {
        Processor processor = model.create(hardwareId);
        long stack = Stacks.allocate(IDLE_STACK_BYTES, false);
        if (processor.isNull() || stack == 0) {
            return false;
        }
        Processors.add(processor);
        if (!Scheduler.initializeProcessor(processor, stack, IDLE_STACK_BYTES)) {
            Processors.removeLast();
            return false;
        }
        long before = Clock.nanoTime();
        starter.start(processor, stack + IDLE_STACK_BYTES);
        boolean started = awaitBegin(processor, LAST_WAIT) && await(processor, LONG_WAIT);
        boolean sameTime =
                processor.getStartedAt() >= before && processor.getStartedAt() <= Clock.nanoTime();
        if (started && sameTime) {
            Processors.lastIsOnline();
        } else {
            starter.stop(processor);
            Processors.removeLast();
            KernelStart.say(started ? OTHER_TIME : NOT_STARTED);
        }
        return true;
    }

    /** Whether the CPU runs code of the kernel's within {@code nanos}. */
    @Uninterruptible(reason = BootInformation.REASON)
    public static boolean awaitBegin(Processor processor, long nanos) {
        long deadline = Clock.deadlineIn(nanos);
        while (processor.getBegun() == 0 && Clock.nanoTime() < deadline) {
            Cpu.pause();
        }
        return processor.getBegun() != 0;
    }

    /** Whether the CPU is ready to run threads within {@code nanos}. */
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
        processor.setBegun(1);
        MachineMemory.mapping().activateProcessor();
        model.activate(processor);
        Interrupts.controller().initializeProcessor();
        Timer.initializeProcessor();
        processor.setStartedAt(Clock.nanoTime());
        processor.setOnline(1);
        Scheduler.idle();
    }
}
