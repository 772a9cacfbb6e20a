package dev.cortado.drivers.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.qemu.DebugExit;
import dev.cortado.drivers.qemu.PanicEvent;
import dev.cortado.drivers.qemu.StatusPort;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.machine.PowerDevice;
import dev.cortado.kernel.pc.LastReset;

/**
 * The power of a PC. Where QEMU has the device pvpanic, it hears of a panic. To switch it off, one
 * way after the other is tried: ACPI, QEMU's debug exit, and where a hypervisor takes a reset for
 * the end, a reset.
 */
public final class PcPower implements PowerDevice {
    static final String REASON = "Ends the machine.";

    /** Of the time-stamp counter, half a second or so: a machine may go off a moment later. */
    private static final long PATIENCE = 1_500_000_000L;

    private final AcpiSleep sleep = new AcpiSleep();
    private final FixedButton fixedButton = new FixedButton();
    private final EventButton eventButton = new EventButton();
    private boolean opened;

    @Override
    @Uninterruptible(reason = REASON)
    public void open() {
        sleep.open();
        opened = true;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void enable() {
        fixedButton.enable(sleep.pm1a());
        eventButton.enable();
        StatusPort.ready();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void explain(byte character) {
        StatusPort.explain(character);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void powerOff(boolean panicked, int code) {
        Console.drain();
        StatusPort.end(panicked, code);
        if (panicked) {
            PanicEvent.tell(Firmware.tables().panicPort());
        }
        if (!opened) {
            sleep.openPorts();
        }
        if (sleep.powerOff()) {
            await();
        }
        DebugExit.write();
        LastReset.attempt();
    }

    @Uninterruptible(reason = REASON)
    private static void await() {
        long begin = Cpu.readTimeStampCounter();
        while (Cpu.readTimeStampCounter() - begin < PATIENCE) {
            Cpu.pause();
        }
    }
}
