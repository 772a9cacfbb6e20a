package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.kernel.device.DeviceInterrupt;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.kernel.memory.RingMemory;
import dev.cortado.kernel.memory.VirtualMemory;

/** A hold on a device of the machine, for which the kernel has interrupts and memory. */
public abstract class MachineAccess implements PciAccess {
    private final String name;
    private final DeviceFrames frames;

    /**
     * @param name for messages, and of the frames
     */
    protected MachineAccess(String name) {
        this.name = name;
        frames = new DeviceFrames(new PooledFrames(), name);
    }

    /** What the device interrupts by. */
    public abstract DeviceInterrupt interrupt();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int interrupts() {
        return interrupt().count();
    }

    @Override
    public final long await(long nanoseconds) throws InterruptedException {
        return interrupt().await(nanoseconds);
    }

    @Override
    public final void acknowledge(boolean work) {
        interrupt().acknowledge(work);
    }

    @Override
    public final void wake() {
        interrupt().wake();
    }

    @Override
    public final void sleep(long milliseconds) throws InterruptedException {
        Thread.sleep(milliseconds);
    }

    @Override
    public final DeviceFrames frames() {
        return frames;
    }

    @Override
    public final RingMemory memory() {
        return new VirtualMemory();
    }
}
