package dev.cortado.kernel.pc;

import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.interrupt.TranslationShootdown;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.memory.PcMapping;
import dev.cortado.kernel.memory.PlainTables;
import dev.cortado.kernel.start.BootInformation;
import dev.cortado.kernel.start.ProcessorStart;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.LocalApicTimer;
import dev.cortado.kernel.time.Timer;
import dev.cortado.kernel.time.TscTime;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Makes the image that is being built one for a PC. */
public final class Pc {
    private Pc() {}

    /** Sets everything that a kernel needs of its machine, but for devices. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void install() {
        BootInformation.setProtocol(new PvhProtocol());
        MachineMemory.setTables(new PlainTables(new DirectMap()));
        MachineMemory.setMapping(new PcMapping());
        Interrupts.setController(new PcInterrupts());
        TranslationShootdown shootdown = new TranslationShootdown();
        MachineMemory.setTranslations(shootdown);
        Interrupts.bind(Interrupts.FORGET_VECTOR, shootdown);
        SpinLock.setWait(new PcSpinWait());
        Clock.setSource(new TscTime());
        Timer.setDevice(new LocalApicTimer());
        ProcessorStart.setModel(new PcProcessorModel());
        ProcessorStart.setStarter(new ApicStarter());
    }
}
