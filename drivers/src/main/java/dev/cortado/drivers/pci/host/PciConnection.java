package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.device.DeviceInterrupt;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A driver's hold on a device of the machine. */
public final class PciConnection extends MachineAccess {
    private final PciBus bus;
    private final PciDevice device;
    private final PciRegisters registers;
    private PciInterrupt interrupt;
    private boolean closed;

    private PciConnection(PciBus bus, PciDevice device) {
        super("pci " + device.address());
        this.bus = bus;
        this.device = device;
        registers = new PciRegisters(device);
    }

    /**
     * Claims a device until this is closed.
     *
     * @param messages how many its driver wants; it gets fewer if the device has fewer, and one
     *     line if it has none
     * @param cpu that its interrupts go to
     * @throws IOException a driver has it already, or it cannot interrupt
     */
    public static PciConnection open(PciDevice device, int messages, int cpu) throws IOException {
        PciConnection connection = claim(device);
        boolean done = false;
        try {
            connection.interrupt = PciInterrupt.open(device, connection.registers, messages, cpu);
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** As {@link #open}, for a device whose interrupts come in a way of its own. */
    public static PciConnection claim(PciDevice device) throws IOException {
        PciBus bus = PciBus.get();
        bus.claim(device, PciConnection::sleepUninterruptibly);
        PciConnection connection = new PciConnection(bus, device);
        boolean done = false;
        try {
            device.setBusMastering(false);
            device.enableDecoding();
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** Who interrupts the thread meanwhile has done so afterwards. */
    private static void sleepUninterruptibly(int milliseconds) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        boolean interrupted = false;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Registers registers(int index) throws IOException {
        return registers.map(device.baseAddress(index));
    }

    @Override
    public DeviceInterrupt interrupt() {
        return interrupt.interrupt();
    }

    /** Whether it interrupts by messages, and not by a line. */
    public boolean isMessages() {
        return interrupt.isMessages();
    }

    @Override
    public synchronized void admitToMemory() {
        if (!closed) {
            device.setBusMastering(true);
        }
    }

    @Override
    public synchronized void keepFromMemory() {
        if (!closed) {
            device.setBusMastering(false);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        keepFromMemory();
        closed = true;
        try (var _ = frames();
                var _ = registers;
                var _ = interrupt) {
            // The last one first; there may be no interrupt.
        } finally {
            bus.release(device); // or no driver would ever have it again
        }
    }
}
