package dev.cortado.drivers.block.controller;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.pci.TestAccess;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * What models of controllers have in common: a thread that works when it is kicked, memory that is
 * reached only while that is allowed, and behaviours. Registers and work are guarded by the model:
 * who has stopped the device knows that it does nothing any more.
 */
public abstract class ControllerModel implements AutoCloseable {
    /** What it does to commands. */
    public enum Behaviour {
        HONEST,

        /** Every command fails, as the specification says that commands do. */
        FAILING,

        /** It takes commands and does not answer. */
        SILENT,

        /** One in a few answers is nonsense. */
        WILD
    }

    public final HostMemory memory;
    public final Semaphore interrupts = new Semaphore(0);
    public volatile Behaviour behaviour = Behaviour.HONEST;

    /** A failed assertion of the model: the driver does not do as the specification says. */
    public volatile Throwable failure;

    protected final Random random;
    private final FrameSource source;
    private final Semaphore kicks = new Semaphore(0);
    private final List<String> commands = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "model");
    private boolean mastering;
    private volatile boolean closed;

    protected ControllerModel(HostMemory memory, FrameSource source, long seed) {
        this.memory = memory;
        this.source = source;
        random = new Random(seed);
        thread.setDaemon(true);
        thread.start();
    }

    /** Its registers by the indices of their base addresses. */
    protected abstract Map<Integer, Registers> registers();

    /** Does what there is to do; called by the model's thread, which holds the model's monitor. */
    protected abstract void work();

    /** How many messages it has. */
    protected int messages() {
        return 1;
    }

    /** A hold on it for one life of a driver. */
    public TestAccess access() {
        return new TestAccess(
                memory, source, registers(), interrupts, messages(), this::setMastering);
    }

    private synchronized void setMastering(boolean allowed) {
        mastering = allowed;
    }

    protected void kick() {
        kicks.release();
    }

    private void run() {
        try {
            while (!closed) {
                kicks.acquire();
                kicks.drainPermits();
                synchronized (this) {
                    work();
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Whether it may reach memory. */
    public synchronized boolean isMastering() {
        return mastering;
    }

    /** Where the program has what the device sees at an address. */
    protected long at(long device) {
        assertTrue(mastering, "memory is reached by a device that was kept from it");
        return source.address(device);
    }

    protected void copyToMemory(byte[] bytes, int offset, long device, int length) {
        memory.copyIn(bytes, offset, at(device), length);
    }

    protected void copyFromMemory(long device, byte[] bytes, int offset, int length) {
        memory.copyOut(at(device), bytes, offset, length);
    }

    /** Whether the next answer is to be nonsense. */
    protected boolean isWild() {
        return behaviour == Behaviour.WILD && random.nextInt(8) == 0;
    }

    protected synchronized void note(String command) {
        commands.add(command);
    }

    /** What it was told since this was asked last. */
    public synchronized List<String> takeCommands() {
        List<String> taken = List.copyOf(commands);
        commands.clear();
        return taken;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join();
        if (failure != null) {
            throw new AssertionError("the model", failure);
        }
    }
}
