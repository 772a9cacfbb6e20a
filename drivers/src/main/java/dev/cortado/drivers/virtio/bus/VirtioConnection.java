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
    private final VirtioPlace place;
    private final BusConnection bus;
    private final DeviceInterrupt interrupt;
    private final DeviceFrames frames;
    private final VirtioDevice device;

    /** The signal of the configuration's message; 0 where it has none of its own. */
    private long ofConfiguration;

    private volatile boolean configurationChanged;

    /**
     * Chains that were taken, when an interrupt was acknowledged last. By the thread that waits.
     */
    private long taken;

    private boolean closed;

    VirtioConnection(VirtioPlace place, BusConnection bus) {
        this.place = place;
        this.bus = bus;
        interrupt = bus.interrupt();
        frames = new DeviceFrames(new PooledFrames(), place.toString());
        device = new VirtioDevice(bus.transport(), new VirtualMemory(), frames, Thread::sleep);
        device.setIsolation(this::keepFromMemory);
        if (bus.isMessages()) {
            // The last one is the configuration's, if there are two.
            int last = interrupt.count() - 1;
            ofConfiguration = last > 0 ? 1L << last : 0;
            device.setMessages(Math.max(last, 1), last > 0 ? last : VirtioTransport.NO_VECTOR);
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
            if ((came & ofConfiguration) != 0) {
                configurationChanged = true;
            }
            interrupt.acknowledge(hasWorked());
            return;
        }
        takeCauses();
    }

    /**
     * Whether the device has used anything since this was called last, whoever took it. A change of
     * the configuration is nothing that it may tell of for ever.
     */
    private boolean hasWorked() {
        long before = taken;
        taken = device.taken();
        return taken != before;
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
        boolean worked = hasWorked();
        interrupt.acknowledge(worked);
        if (causes != 0 && worked && bus.isEdge()) {
            interrupt.wake(); // to look for what came between
        }
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

    @Override
    public boolean takeConfigurationChange() {
        boolean changed = configurationChanged;
        if (changed) {
            configurationChanged = false;
        }
        return changed;
    }

    /**
     * Resets the device and lets go of it. Who waits for an interrupt, returns. Frames of a device
     * that cannot be kept from them are never used again; its place is free in any case.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean quiet = isReset();
        try {
            quiet |= bus.close();
        } finally {
            try {
                if (quiet) {
                    frames.close();
                }
            } finally {
                place.release();
            }
        }
    }

    private boolean isReset() {
        try {
            device.resetUninterruptibly();
            return true;
        } catch (VirtioException | RuntimeException | Error e) {
            return false; // whatever it was
        }
    }
}
