package dev.cortado.kernel.monitor;

import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.time.Clock;
import org.graalvm.word.WordFactory;

/** What the CPUs have been doing. */
public final class ProcessorsCommand implements MonitorCommand {
    private static final int APIC = 5;
    private static final int IDLE = 12;
    private static final int SWITCHES = 20;
    private static final int WAKE_UPS = 38;

    @Override
    public char key() {
        return 'c';
    }

    @Override
    public String description() {
        return "CPUs: idle time, context switches, wake-ups";
    }

    @Override
    public void run(MonitorText text) {
        long now = Clock.nanoTime();
        text.text("CPU").column(APIC).text("APIC").column(IDLE).text("idle").column(SWITCHES);
        text.text("context switches").column(WAKE_UPS).text("wake-ups").line();
        for (int cpu = 0; cpu < Processors.online(); cpu++) {
            Processor processor = Processors.get(cpu);
            KernelThread idle = WordFactory.pointer(processor.getIdleThread());
            long idleNanos = KernelThreads.cpuNanos(idle);
            text.number(cpu).column(APIC).number(processor.getHardwareId()).column(IDLE);
            text.number(Math.min(100, idleNanos / Math.max(1, now / 100))).text("%");
            text.column(SWITCHES).number(processor.getContextSwitches());
            text.column(WAKE_UPS).number(processor.getWakeUps()).line();
        }
        text.text("up for ").milliseconds(now).text(" ms").line();
    }
}
