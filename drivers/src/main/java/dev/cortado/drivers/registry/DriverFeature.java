package dev.cortado.drivers.registry;

import dev.cortado.drivers.qemu.ExitPort;
import dev.cortado.drivers.serial.Uart16550;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.pc.Pc;
import org.graalvm.nativeimage.hosted.Feature;

/** Puts drivers into an image when code that needs their kind of device becomes reachable. */
public final class DriverFeature implements Feature {
    @Override
    public void duringSetup(DuringSetupAccess access) {
        Pc.install();
        Console.setDevice(new Uart16550());
        DriverRegistry.add("serial.Uart16550", "console: System.out, System.err and System.in");
        Machine.setDevice(new ExitPort());
        DriverRegistry.add("qemu.ExitPort", "power: System.exit, the end of main, a panic");
    }

    @Override
    public void afterAnalysis(AfterAnalysisAccess access) {
        DriverRegistry.writeReport();
    }
}
