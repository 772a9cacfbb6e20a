package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.pci.PciAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One life of the driver of a controller that interrupts through its {@link PciAccess}. */
public abstract class PciControllerLife implements ControllerLife {
    protected final PciAccess access;
    protected final RequestGroup requests;

    /** Those that were found so far. */
    protected final List<ControllerDisk> disks = new ArrayList<>();

    /** Of requests, when the controller was looked at last. */
    private long answered;

    /**
     * @param access is closed with this
     * @param patience nanoseconds that the controller has for a request
     */
    protected PciControllerLife(PciAccess access, long patience) {
        this.access = access;
        requests = new RequestGroup(access.name(), patience, this::stop, access::wake);
    }

    /** For messages. */
    public final String name() {
        return access.name();
    }

    /** Ends what the controller has begun. */
    protected abstract void reset() throws IOException, InterruptedException;

    /** Takes the answers that there are, of a controller that was not stopped. */
    protected abstract void takeAnswers();

    @Override
    public final List<ControllerDisk> disks() {
        return disks;
    }

    @Override
    public final boolean isAlive() {
        return requests.isAlive();
    }

    @Override
    public final void checkAlive() throws IOException {
        requests.checkAlive();
    }

    @Override
    public final void serve(long nanoseconds) throws InterruptedException {
        access.await(nanoseconds);
        if (isAlive()) {
            takeAnswers();
            long before = answered;
            answered = requests.answered();
            access.acknowledge(answered != before);
        }
    }

    /**
     * What the controller has begun is over when it was reset; in any case it does not reach memory
     * any more.
     */
    private void stop() {
        boolean interrupted = false;
        try {
            reset();
        } catch (InterruptedException e) {
            interrupted = true; // afterwards
        } catch (IOException | RuntimeException | Error e) {
            // Whatever it was: it is kept from memory.
        }
        access.keepFromMemory();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final void close() {
        try {
            requests.close();
        } finally {
            access.close();
        }
    }
}
