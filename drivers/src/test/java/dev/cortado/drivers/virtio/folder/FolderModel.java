package dev.cortado.drivers.virtio.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.queue.DeviceSide;
import dev.cortado.drivers.virtio.transport.DeviceStatus;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An honest device in a thread of its own: it takes what is there and answers in an order of
 * chance, each message with the same bytes the other way round.
 */
final class FolderModel implements AutoCloseable {
    final VirtioModel model;
    final HostMemory memory;
    final Semaphore interrupts = new Semaphore(0);

    /** Bytes of urgent messages. */
    final AtomicInteger heard = new AtomicInteger();

    volatile Throwable failure;
    volatile Behaviour behaviour = Behaviour.HONEST;

    private final Semaphore notified = new Semaphore(0);
    private final Random random = new Random(9);
    private final Thread thread = new Thread(this::run, "folder");
    private volatile boolean closed;

    enum Behaviour {
        HONEST,
        SILENT,
        WILD
    }

    FolderModel(VirtioModel model, HostMemory memory) {
        this.model = model;
        this.memory = memory;
        model.notified = queue -> notified.release();
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                notified.acquire();
                notified.drainPermits();
                if (!closed && (model.status & DeviceStatus.DRIVER_OK) != 0) {
                    work();
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void work() {
        for (int queue = 0; queue < model.queues.length; queue++) {
            work(model.side(queue), queue < model.queues.length - 1);
        }
    }

    private void work(DeviceSide side, boolean isUrgent) {
        do {
            side.stayAwake();
            List<DeviceSide.Chain> taken = new ArrayList<>();
            for (DeviceSide.Chain next = side.next(); next != null; next = side.next()) {
                taken.add(next);
            }
            while (!taken.isEmpty()) {
                DeviceSide.Chain chain = taken.remove(random.nextInt(taken.size()));
                if (behaviour == Behaviour.SILENT) {
                    continue;
                }
                int written = isUrgent ? hear(chain.parts()) : serve(chain.parts());
                written = behaviour == Behaviour.WILD ? Integer.MAX_VALUE : written;
                if (side.use(chain, written)) {
                    interrupts.release();
                }
            }
        } while (!side.sleep());
    }

    /** Urgent messages have no reply. */
    private int hear(List<DeviceSide.Part> parts) {
        assertEquals(1, parts.size());
        assertTrue(!parts.getFirst().writable());
        heard.addAndGet(parts.getFirst().length());
        return 0;
    }

    private int serve(List<DeviceSide.Part> parts) {
        assertEquals(2, parts.size());
        DeviceSide.Part request = parts.get(0);
        DeviceSide.Part reply = parts.get(1);
        assertTrue(!request.writable() && reply.writable());
        byte[] bytes = new byte[request.length()];
        memory.copyOut(request.memoryAddress(), bytes, 0, bytes.length);
        for (int i = 0; i < bytes.length / 2; i++) {
            byte first = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = first;
        }
        int count = Math.min(bytes.length, reply.length());
        memory.copyIn(bytes, 0, reply.memoryAddress(), count);
        return count;
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
