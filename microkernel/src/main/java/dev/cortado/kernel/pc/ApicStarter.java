package dev.cortado.kernel.pc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.firmware.Processors;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.interrupt.LocalApic;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.memory.MemoryMap;
import dev.cortado.kernel.start.BootInformation;
import dev.cortado.kernel.start.ProcessorStart;
import dev.cortado.kernel.start.ProcessorStarter;
import java.nio.charset.StandardCharsets;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Starts the CPUs that wait since the reset: INIT, then SIPI with the page of the trampoline (Intel
 * SDM vol. 3A, 8.4.4 "MP Initialization Example"). Hypervisors follow at once; for real CPUs there
 * is a second try with the times that the manual asks for. A CPU that has begun is let alone: INIT
 * would throw it back to where it came from, in the middle of what it does.
 */
final class ApicStarter implements ProcessorStarter {
    private static final String REASON = "Runs before the Java runtime.";

    /** Pages that SIPI can name and no firmware keeps something in. */
    private static final long LOWEST_PAGE = 0x1000;

    private static final long END_OF_LOW_MEMORY = 0x9_0000;

    private static final long SHORT_WAIT = 200_000;
    private static final long INIT_WAIT = 10_000_000;
    private static final long FIRST_TRY = 100_000_000;

    private static final byte[] DAMAGED =
            "cortado: a table of the firmware's (ACPI) is damaged and not used\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private static long trampoline;

    /** Puts the trampoline where CPUs start. All of low memory is still mapped. */
    @Override
    @Uninterruptible(reason = REASON)
    public void prepare() {
        if (Firmware.tables().isDamaged()) {
            Console.write(DAMAGED);
        }
        MemoryMap map = BootInformation.memory();
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

    @Override
    @Uninterruptible(reason = REASON)
    public int count() {
        return trampoline == 0 ? 0 : processors().count();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public int hardwareId(int index) {
        int apicId = processors().apicId(index);
        return apicId != LocalApic.id() && LocalApic.canAddress(apicId) ? apicId : NONE;
    }

    @Uninterruptible(reason = REASON)
    private static Processors processors() {
        return Firmware.tables().topology().processors();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void start(Processor processor, long stackTop) {
        write(ImageLayout.processorPageMap, MachineMemory.pageMap());
        write(ImageLayout.processorStackTop, stackTop);
        write(ImageLayout.processorFunction, ImageLayout.processorMain);
        write(ImageLayout.processorArgument, processor.rawValue());
        int apicId = processor.getHardwareId();
        LocalApic.sendInit(apicId);
        ProcessorStart.awaitBegin(processor, SHORT_WAIT);
        LocalApic.sendStartup(apicId, (int) trampoline);
        if (!ProcessorStart.awaitBegin(processor, FIRST_TRY)) {
            LocalApic.sendInit(apicId);
            ProcessorStart.awaitBegin(processor, INIT_WAIT);
            LocalApic.sendStartup(apicId, (int) trampoline);
            ProcessorStart.awaitBegin(processor, SHORT_WAIT);
            LocalApic.sendStartup(apicId, (int) trampoline);
        }
    }

    /** It waits for a SIPI again, whatever it has been doing. */
    @Override
    @Uninterruptible(reason = REASON)
    public void stop(Processor processor) {
        LocalApic.sendInit(processor.getHardwareId());
    }

    @Uninterruptible(reason = REASON)
    private static void write(long variable, long value) {
        Pointer pointer = WordFactory.pointer(variable);
        pointer.writeLong(0, value);
    }
}
