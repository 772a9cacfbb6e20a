package dev.cortado.drivers.vmware.guestrpc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.power.PcPower;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.machine.PowerDevice;
import dev.cortado.kernel.pc.LastReset;

/** The power of a PC that starts again after its end if the host has asked for that. */
public final class VmwarePower implements PowerDevice {
    private static final String REASON = "Ends the machine.";

    private static boolean reboots;

    private final PcPower pc = new PcPower();

    /** Unless it panics, the machine starts again when it ends. */
    static void rebootAtEnd() {
        reboots = true;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void open() {
        pc.open();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void enable() {
        pc.enable();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void explain(byte character) {
        pc.explain(character);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void powerOff(boolean panicked, int code) {
        if (reboots && !panicked) {
            Console.drain();
            LastReset.restart();
        }
        pc.powerOff(panicked, code);
    }
}
