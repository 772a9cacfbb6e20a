package dev.cortado.drivers.virtio.transport;

import dev.cortado.drivers.virtio.queue.DeviceSide;
import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * What devices that answer requests have in common: a thread that takes what is there, answers in
 * an order of chance, and sleeps until it is notified.
 */
public abstract class ServingModel implements AutoCloseable {
    /** Instead of the bytes written: the request is kept. */
    protected static final int NO_ANSWER = -1;

    public final VirtioModel model;
    public final HostMemory memory;
    public final Semaphore interrupts = new Semaphore(0);

    /** A failed assertion of the model: the driver does not do as the specification says. */
    public volatile Throwable failure;

    /** Requests that it found waiting at once. */
    public volatile int mostTaken;

    private final Semaphore notified = new Semaphore(0);
    private final Random random;
    private final Thread thread = new Thread(this::run, "model");
    private volatile boolean closed;

    protected ServingModel(VirtioModel model, HostMemory memory, long seed) {
        this.model = model;
        this.memory = memory;
        random = new Random(seed);
        model.notified = queue -> notified.release();
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Does what a request says; called by the model's thread.
     *
     * @return the bytes that it says it has written, or {@link #NO_ANSWER}
     */
    protected abstract int answer(int queue, List<DeviceSide.Part> parts);

    private void run() {
        try {
            while (!closed) {
                notified.acquire();
                notified.drainPermits();
                // A reset ends when the device leaves memory alone.
                synchronized (model) {
                    if (!closed && (model.status & DeviceStatus.DRIVER_OK) != 0) {
                        work();
                    }
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** All queues, one after the other. */
    private void work() {
        for (int queue = 0; queue < model.queues.length; queue++) {
            if (model.queues[queue].enabled) {
                work(queue, model.side(queue));
            }
        }
    }

    private void work(int queue, DeviceSide side) {
        do {
            side.stayAwake();
            List<DeviceSide.Chain> taken = new ArrayList<>();
            for (DeviceSide.Chain next = side.next(); next != null; next = side.next()) {
                taken.add(next);
            }
            mostTaken = Math.max(mostTaken, taken.size());
            while (!taken.isEmpty()) {
                DeviceSide.Chain chain = taken.remove(random.nextInt(taken.size()));
                int written = answer(queue, chain.parts());
                if (written != NO_ANSWER && side.use(chain, written)) {
                    interrupts.release();
                }
            }
        } while (!side.sleep());
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join();
        if (failure != null) {
            throw new AssertionError("the device", failure);
        }
    }
}
