package dev.cortado.drivers.pci;

import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostMemory;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A driver's hold on a model of a device. Sleeping takes no time, but is counted. */
public final class TestAccess implements PciAccess {
    public final Semaphore interrupts;
    public final AtomicLong slept = new AtomicLong();

    /** How often the driver looked, and its device had done something, or nothing. */
    public final AtomicLong causes = new AtomicLong();

    public final AtomicLong causeless = new AtomicLong();

    private final HostMemory memory;
    private final DeviceFrames frames;
    private final Map<Integer, Registers> registers;
    private final int count;
    private final Consumer<Boolean> mastering;
    private boolean closed;

    /**
     * @param registers by the indices of their base addresses
     * @param interrupts that the device raises, a permit each
     * @param count how many messages it has
     * @param mastering hears whether the device may reach memory
     */
    public TestAccess(
            HostMemory memory,
            FrameSource source,
            Map<Integer, Registers> registers,
            Semaphore interrupts,
            int count,
            Consumer<Boolean> mastering) {
        this.memory = memory;
        frames = new DeviceFrames(source, "test");
        this.registers = registers;
        this.interrupts = interrupts;
        this.count = count;
        this.mastering = mastering;
        mastering.accept(false);
    }

    @Override
    public String name() {
        return "device";
    }

    @Override
    public Registers registers(int index) throws IOException {
        Registers found = registers.get(index);
        if (found == null) {
            throw new IOException("no base address " + index);
        }
        return found;
    }

    @Override
    public int interrupts() {
        return count;
    }

    @Override
    public long await(long nanoseconds) throws InterruptedException {
        if (interrupts.tryAcquire(nanoseconds, TimeUnit.NANOSECONDS)) {
            interrupts.drainPermits();
            return -1L;
        }
        return 0;
    }

    @Override
    public void acknowledge(boolean work) {
        (work ? causes : causeless).incrementAndGet();
    }

    @Override
    public void wake() {
        interrupts.release();
    }

    @Override
    public void sleep(long milliseconds) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        slept.addAndGet(milliseconds);
    }

    @Override
    public DeviceFrames frames() {
        return frames;
    }

    @Override
    public RingMemory memory() {
        return memory;
    }

    @Override
    public synchronized void admitToMemory() {
        if (!closed) {
            mastering.accept(true);
        }
    }

    @Override
    public synchronized void keepFromMemory() {
        if (!closed) {
            mastering.accept(false);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            keepFromMemory();
            closed = true;
            frames.close();
            wake();
        }
    }
}
