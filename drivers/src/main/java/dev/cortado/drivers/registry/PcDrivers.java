package dev.cortado.drivers.registry;

import dev.cortado.drivers.generation.AcpiGeneration;
import dev.cortado.drivers.generation.MachineGeneration;
import dev.cortado.drivers.pci.host.HostBridges;
import dev.cortado.drivers.power.PcPower;
import dev.cortado.drivers.serial.Uart16550;
import dev.cortado.drivers.virtio.console.ConsoleService;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.console.ConsoleDevice;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.machine.PowerDevice;
import dev.cortado.kernel.pc.Pc;
import dev.cortado.kernel.start.Services;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** What every PC has, but for disks and networks. */
@Platforms(Platform.HOSTED_ONLY.class)
final class PcDrivers {
    private PcDrivers() {}

    static void choose() {
        choose(new PcPower());
    }

    /** With something else than a PC's power. */
    static void choose(PowerDevice power) {
        Pc.install();
        HostBridges.expect();
        MachineGeneration.setId(new AcpiGeneration());
        Console.setDevice(VirtioConsoleOption.isOn() ? virtioConsole() : new Uart16550());
        DriverRegistry.add("serial.Uart16550", "console: System.out, System.err and System.in");
        Machine.setDevice(power);
        DriverRegistry.add(
                "power.PcPower", "power: System.exit, the end of main, a panic, the power button");
    }

    private static ConsoleDevice virtioConsole() {
        ConsoleService service = new ConsoleService();
        Services.add(service);
        DriverRegistry.add("virtio.console", "console: asked for by who built the image");
        return service.device();
    }
}
