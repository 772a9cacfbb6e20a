package dev.cortado.drivers.vmware.guestrpc;

import dev.cortado.drivers.vmware.backdoor.MachineBackdoor;
import dev.cortado.drivers.vmware.backdoor.Vmware;
import dev.cortado.kernel.machine.Machine;
import java.io.IOException;
import java.time.Duration;

/**
 * Starts the thread that asks the host, once a second, whether it wants the guest to end: "Shut
 * Down Guest" and "Restart Guest" do what the power button does.
 */
public final class PowerService implements Runnable {
    /** Commands and their answers have some dozen bytes. */
    private static final int CAPACITY = 512;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** After something went wrong: the host may be a new one, after a migration. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(15);

    @Override
    public void run() {
        if (Vmware.isPresent()) {
            Thread thread = new Thread(PowerService::serve, "vmware power");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void serve() {
        try {
            GuestCommands commands =
                    new GuestCommands(new MachineBackdoor(CAPACITY), new MachinePower());
            commands.poll(); // fails where there are no messages at all, as on QEMU
            while (true) {
                Thread.sleep(pollAgain(commands) ? PAUSE : LONG_PAUSE);
            }
        } catch (IOException e) {
            // Nobody asks this guest for anything.
        } catch (InterruptedException e) {
            // Nobody interrupts it.
        }
    }

    private static boolean pollAgain(GuestCommands commands) {
        try {
            commands.poll();
            return true;
        } catch (IOException | OutOfMemoryError e) {
            return false;
        }
    }

    private record MachinePower() implements GuestCommands.PowerControl {
        @Override
        public void halt() {
            Machine.askToEnd();
        }

        @Override
        public void reboot() {
            VmwarePower.rebootAtEnd();
            Machine.askToEnd();
        }
    }
}
