package dev.cortado.drivers.ata.ide;

import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.device.DeviceInterrupt;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.firmware.InterruptOverrides;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.kernel.memory.RingMemory;
import dev.cortado.kernel.memory.VirtualMemory;
import java.io.IOException;

/** A driver's hold on one channel of a controller, which has a line of the ISA bus to itself. */
final class IdeAccess implements PciAccess {
    private static final int[] LINES = {14, 15};

    private final IdeController controller;
    private final int channel;
    private final DeviceFrames frames;
    private DeviceInterrupt interrupt;
    private boolean closed;

    private IdeAccess(IdeController controller, int channel) {
        this.controller = controller;
        this.channel = channel;
        frames = new DeviceFrames(new PooledFrames(), controller.name(channel));
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
            done = true;
            return access;
        } finally {
            if (!done) {
                access.close();
            }
        }
    }

    @Override
    public String name() {
        return controller.name(channel);
    }

    @Override
    public Registers registers(int index) throws IOException {
        return controller.registers(channel, index);
    }

    @Override
    public int interrupts() {
        return 1;
    }

    @Override
    public long await(long nanoseconds) throws InterruptedException {
        return interrupt.await(nanoseconds);
    }

    @Override
    public void acknowledge() {
        interrupt.acknowledge();
    }

    @Override
    public void wake() {
        interrupt.wake();
    }

    @Override
    public void sleep(long milliseconds) throws InterruptedException {
        Thread.sleep(milliseconds);
    }

    @Override
    public DeviceFrames frames() {
        return frames;
    }

    @Override
    public RingMemory memory() {
        return new VirtualMemory();
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
        if (interrupt != null) {
            interrupt.close();
        }
        frames.close();
        controller.close();
    }
}
