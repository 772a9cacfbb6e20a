package dev.cortado.drivers.ata.ide;

import dev.cortado.drivers.pci.host.MachineAccess;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.device.DeviceInterrupt;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.firmware.InterruptOverrides;
import java.io.IOException;

/** A driver's hold on one channel of a controller, which has a line of the ISA bus to itself. */
final class IdeAccess extends MachineAccess {
    private static final int[] LINES = {14, 15};

    private final IdeController controller;
    private final int channel;
    private DeviceInterrupt interrupt;
    private boolean closed;

    private IdeAccess(IdeController controller, int channel) {
        super(controller.name(channel));
        this.controller = controller;
        this.channel = channel;
    }

    /**
     * Takes hold of a channel.
     *
     * @param cpu that its interrupts go to
     * @throws IOException another driver has the controller or the line
     */
    static IdeAccess open(IdeController controller, int channel, int cpu) throws IOException {
        controller.open();
        IdeAccess access = new IdeAccess(controller, channel);
        boolean done = false;
        try {
            InterruptOverrides overrides = Firmware.tables().topology().overrides();
            int line = LINES[channel];
            access.interrupt =
                    DeviceInterrupt.ofLine(
                            overrides.globalInterrupt(line),
                            cpu,
                            overrides.isLevelTriggered(line),
                            overrides.isActiveLow(line));
            access.interrupt.describe(access.name(), null);
            done = true;
            return access;
        } finally {
            if (!done) {
                access.close();
            }
        }
    }

    @Override
    public DeviceInterrupt interrupt() {
        return interrupt;
    }

    @Override
    public Registers registers(int index) throws IOException {
        return controller.registers(channel, index);
    }

    /**
     * The controller may reach memory for its other channel: a channel's DMA is what is stopped.
     */
    @Override
    public void admitToMemory() {
        // It may, since the controller was opened.
    }

    @Override
    public void keepFromMemory() {
        // Its DMA was stopped.
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (var _ = frames();
                var _ = interrupt) {
            // The last one first; there may be no interrupt.
        } finally {
            controller.close();
        }
    }
}
