package dev.cortado.drivers.virtio.console;

import dev.cortado.drivers.virtio.queue.BrokenQueueException;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.InterruptWait;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * A console device (VIRTIO 1.2, 5.3), of whose ports one is the guest's console. One thread drives
 * it: it calls {@link #service} at each interrupt, and when the line has changed.
 */
final class VirtioConsole {
    /** Without ports, there is one. */
    private static final int ONLY_PORT = 0;

    /** So much is done before the thread looks whether it is to end. */
    private static final int MOST_ROUNDS = 64;

    /** What happens to the line, for those who wait. */
    interface Listener {
        /** There is room for output. */
        void roomForOutput();

        /** Input has come. */
        void inputArrived();
    }

    private final VirtioDevice device;
    private final ConsoleLine line;
    private final Listener listener;
    private final PortQueues[] ports;
    private final long emergency;

    /** Null if the device has one port. */
    private final PortMessages messages;

    /** Null until the port is known that is the console. */
    private PortOutput output;

    private PortInput input;

    /**
     * Starts the device.
     *
     * @throws IOException it cannot be driven, or says nonsense
     */
    VirtioConsole(VirtioDevice device, ConsoleLine line, Listener listener)
            throws IOException, InterruptedException {
        this.device = device;
        this.line = line;
        this.listener = listener;
        // Not packed: how much is used can be seen without the driver's thread.
        device.negotiate(
                ConsoleConfiguration.MULTIPORT | ConsoleConfiguration.EMERG_WRITE,
                ~Features.RING_PACKED);
        emergency = ConsoleConfiguration.emergency(device);
        int most = ConsoleConfiguration.ports(device);
        boolean few = Integer.compareUnsigned(most, ConsoleConfiguration.MOST_PORTS) < 0;
        ports = new PortQueues[few ? most : ConsoleConfiguration.MOST_PORTS];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = PortQueues.open(device, i);
        }
        if (device.has(ConsoleConfiguration.MULTIPORT)) {
            long unsigned = Integer.toUnsignedLong(most);
            PortQueues control = PortQueues.openControl(device);
            messages = new PortMessages(device, control, unsigned, ports.length);
            device.start();
            messages.begin();
        } else {
            messages = null;
            device.start();
        }
    }

    String name() {
        return device.name();
    }

    /** As {@link ConsoleConfiguration#emergency}. */
    long emergency() {
        return emergency;
    }

    /** At each point, {@link #end} finds all bytes that there are. */
    private void begin(int port) throws IOException {
        input = new PortInput(device, line, ports[port].receive(), line.carried());
        line.carry();
        output = new PortOutput(line, ports[port].transmit());
        input.begin();
    }

    private int console() {
        return messages == null ? ONLY_PORT : messages.console();
    }

    /** Whether there is a console, and somebody at its other end. */
    boolean isOpen() {
        return output != null && (messages == null || messages.isOpen());
    }

    /**
     * Does what there is to do, and asks for an interrupt when there is more.
     *
     * @return false if there is more already
     */
    boolean service() throws IOException {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            serviceOnce();
            if (enableInterrupts()) {
                return true;
            }
        }
        return false;
    }

    private void serviceOnce() throws IOException {
        if (messages != null) {
            messages.service();
        }
        if (console() == PortMessages.NONE) {
            return;
        }
        if (output == null) {
            begin(console());
        }
        if (output.collect()) {
            listener.roomForOutput();
        }
        if (isOpen()) {
            output.hand();
        }
        if (input.move()) {
            listener.inputArrived();
        }
    }

    private boolean enableInterrupts() {
        boolean idle = messages == null || messages.enableInterrupts();
        if (output != null) {
            idle &= output.enableInterrupts();
            idle &= input.enableInterrupts();
            idle &= !input.hasWaiting() || line.awaitsInputRoom();
        }
        return idle;
    }

    /**
     * Looks whether the device can go on.
     *
     * @throws IOException it has had an error that only a reset ends (2.1.2)
     */
    void configurationChanged() throws IOException {
        device.requireNoReset();
    }

    /**
     * The driver is at its end: what the device has is waited for, then the device is reset. Input
     * that has come is kept for the next driver.
     *
     * @param time nanoseconds, as {@link System#nanoTime}
     * @param patience nanoseconds that the device has
     * @return of how many bytes nobody knows whether they have left the machine: the next driver
     *     will send them again
     * @throws IOException the device does not reset itself
     */
    long end(InterruptWait interrupt, LongSupplier time, long patience) throws IOException {
        try {
            if (output != null) {
                settle(interrupt, time, patience);
            }
            device.resetUninterruptibly();
            if (input != null) {
                line.carry(input.left());
            }
            if (output == null) {
                return 0;
            }
            collect();
            return output.uncertain();
        } finally {
            line.endQueue();
        }
    }

    private void settle(InterruptWait interrupt, LongSupplier time, long patience) {
        long end = time.getAsLong() + patience;
        boolean interrupted = Thread.interrupted();
        try {
            while (collect() && !output.isIdle() && time.getAsLong() < end) {
                if (output.enableInterrupts()) {
                    interrupt.await(Math.max(end - time.getAsLong(), 0));
                }
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False: nothing can be said of the queue any more. */
    private boolean collect() {
        try {
            output.collect();
            return true;
        } catch (BrokenQueueException e) {
            return false;
        }
    }
}
