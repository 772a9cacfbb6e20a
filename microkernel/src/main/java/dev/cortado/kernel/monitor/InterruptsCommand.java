package dev.cortado.kernel.monitor;

import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;

/** How often each interrupt came to each CPU, and whose it is. */
public final class InterruptsCommand implements MonitorCommand {
    private static final int FIRST_CPU = 8;
    private static final int CPU_WIDTH = 11;

    @Override
    public char key() {
        return 'i';
    }

    @Override
    public String description() {
        return "interrupts, by vector and CPU";
    }

    @Override
    public void run(MonitorText text) {
        int cpus = Processors.online();
        text.text("vector");
        for (int cpu = 0; cpu < cpus; cpu++) {
            text.column(FIRST_CPU + cpu * CPU_WIDTH).text("CPU ").number(cpu);
        }
        text.column(FIRST_CPU + cpus * CPU_WIDTH).text("handler").line();
        for (int vector = 0; vector < InterruptTable.VECTORS; vector++) {
            if (cameAnywhere(vector)) {
                text.hex(vector);
                for (int cpu = 0; cpu < cpus; cpu++) {
                    text.column(FIRST_CPU + cpu * CPU_WIDTH);
                    text.number(Interrupts.count(Processors.get(cpu), vector));
                }
                text.column(FIRST_CPU + cpus * CPU_WIDTH).text(handler(vector)).line();
            }
        }
    }

    private static boolean cameAnywhere(int vector) {
        for (int cpu = 0; cpu < Processors.online(); cpu++) {
            if (Interrupts.count(Processors.get(cpu), vector) != 0) {
                return true;
            }
        }
        return false;
    }

    private static String handler(int vector) {
        InterruptHandler handler = Interrupts.handler(vector);
        if (handler != null) {
            return handler.getClass().getName();
        }
        if (Interrupts.hasDevices()
                && vector >= Interrupts.FIRST_DEVICE_VECTOR
                && vector < Interrupts.TIMER_VECTOR) {
            return "a device";
        }
        return vector == Interrupts.SPURIOUS_VECTOR ? "spurious" : "unexpected";
    }
}
