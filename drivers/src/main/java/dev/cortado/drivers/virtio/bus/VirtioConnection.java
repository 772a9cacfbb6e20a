package dev.cortado.drivers.virtio.bus;

import dev.cortado.drivers.virtio.transport.InterruptWait;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import dev.cortado.drivers.virtio.transport.VirtioTransport;
import dev.cortado.kernel.device.DeviceInterrupt;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.message.SignalWord;

/**
 * A driver's hold on a device: its registers, its interrupts, and the frames that both see. One
 * thread waits for the interrupts.
 */
public final class VirtioConnection implements InterruptWait, AutoCloseable {
    /** Messages: queues, and the configuration where the device has two. */
    static final int MESSAGES = 2;

    private static final int QUEUE_MESSAGE = 0;
    private static final int CONFIGURATION_MESSAGE = 1;

    private final VirtioPlace place;
    private final BusConnection bus;
    private final DeviceInterrupt interrupt;
    private final DeviceFrames frames;
    private final VirtioDevice device;
    private volatile boolean configurationChanged;
    private boolean closed;

    VirtioConnection(VirtioPlace place, BusConnection bus) {
        this.place = place;
        this.bus = bus;
        interrupt = bus.interrupt();
        frames = new DeviceFrames(new PooledFrames(), place.toString());
        device = new VirtioDevice(bus.transport(), new VirtualMemory(), frames, Thread::sleep);
        device.setIsolation(this::keepFromMemory);
        if (bus.isMessages()) {
            boolean two = interrupt.count() > CONFIGURATION_MESSAGE;
            device.setMessages(
                    QUEUE_MESSAGE, two ? CONFIGURATION_MESSAGE : VirtioTransport.NO_VECTOR);
        }
    }

    /**
     * Only a device that has forgotten the addresses of whoever had it before is let at memory,
     * which may be somebody else's by now.
     */
    void begin() throws VirtioException {
        device.resetUninterruptibly();
        bus.admitToMemory();
    }

    /** False if nothing can, or the bus is another driver's already. */
    private synchronized boolean keepFromMemory() {
        return !closed && bus.keepFromMemory();
    }

    /** The device, which was reset. */
    public VirtioDevice device() {
        return device;
    }

    @Override
    public void await(long nanoseconds) throws InterruptedException {
        long came = interrupt.await(nanoseconds);
        if (bus.isMessages()) {
            if ((came & 1L << CONFIGURATION_MESSAGE) != 0) {
                configurationChanged = true;
            }
            return;
        }
        takeCauses();
    }

    /** A line's. After {@link #close} there are no registers to ask. */
    private synchronized void takeCauses() {
        if (closed) {
            return;
        }
        // The line is let go of first: what comes from now on interrupts again.
        int causes = bus.transport().takeInterruptCauses();
        if ((causes & VirtioTransport.CAUSE_CONFIGURATION) != 0) {
            configurationChanged = true;
        }
        interrupt.acknowledge();
    }

    /** Lets who waits look, as an interrupt would. */
    public void wake() {
        interrupt.wake();
    }

    /**
     * For {@link #wake} where nothing may be called that waits: bit 0. Valid until {@link #close}.
     */
    public SignalWord word() {
        return interrupt.word();
    }

    /** Whether the configuration has changed since this was called last. */
    public boolean takeConfigurationChange() {
        boolean changed = configurationChanged;
        if (changed) {
            configurationChanged = false;
        }
        return changed;
    }

    /**
     * Resets the device and lets go of it. Who waits for an interrupt, returns. Frames of a device
     * that cannot be kept from them are never used again.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean quiet = true;
        try {
            device.resetUninterruptibly();
        } catch (VirtioException e) {
            quiet = false;
        }
        quiet |= bus.close();
        if (quiet) {
            frames.close();
        }
        place.release();
    }
}
