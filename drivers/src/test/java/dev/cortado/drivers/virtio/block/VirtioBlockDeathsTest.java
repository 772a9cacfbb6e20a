package dev.cortado.drivers.virtio.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.DiskParts;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.drivers.virtio.transport.VirtioTransport;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The driver's thread dies of an exception at any access to memory that it makes, while there are
 * more requests than the queue has room for; another life begins, and no request is lost.
 */
@Timeout(60)
final class VirtioBlockDeathsTest {
    private static final int DEATHS = 100;
    private static final int MEMORY_BYTES = 8 << 20;
    private static final int DISK_BYTES = 1 << 20;
    private static final int THREADS = 80;
    private static final int BUFFER_BYTES = 8192;
    private static final int QUEUE_SIZE = 64;
    private static final int QUEUES = 2;
    private static final int MOST_ACCESSES = 300;
    private static final long PATIENCE = 20_000_000_000L;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    private final RestartableBlockDevice device = new RestartableBlockDevice("disk");
    private final RingMemory mortal =
            (RingMemory)
                    Proxy.newProxyInstance(
                            RingMemory.class.getClassLoader(),
                            new Class<?>[] {RingMemory.class},
                            (proxy, method, arguments) -> access(method, arguments));

    private final AtomicInteger currentCpu = new AtomicInteger();
    private BlockModel disk;
    private volatile Thread service;
    private volatile int deaths;

    /** Until the service's thread dies; only it counts them. */
    private int accessesLeft;

    private Object access(Method method, Object[] arguments) throws Throwable {
        if (Thread.currentThread() == service && accessesLeft-- == 0) {
            throw new IllegalStateException("killed");
        }
        try {
            return method.invoke(memory, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What a disk's service does, in its thread. */
    private void serve(VirtioTransport transport, long seed) {
        service = Thread.currentThread();
        Random random = new Random(seed);
        while (!Thread.currentThread().isInterrupted()) {
            accessesLeft = deaths < DEATHS ? random.nextInt(MOST_ACCESSES) : -1;
            try {
                live(transport);
            } catch (IllegalStateException e) {
                deaths++;
            } catch (InterruptedException e) {
                return; // the test is over
            } catch (IOException e) {
                device.giveUp(e);
                return;
            }
        }
    }

    private void live(VirtioTransport transport) throws IOException, InterruptedException {
        DeviceFrames frames = new DeviceFrames(source, "life");
        VirtioDevice virtio = new VirtioDevice(transport, mortal, frames, milliseconds -> {});
        virtio.resetUninterruptibly();
        try {
            VirtioBlock block =
                    new VirtioBlock(
                            virtio,
                            PATIENCE,
                            new VirtioBlock.Callers(
                                    QUEUES, currentCpu::getAndIncrement, disk.interrupts::release));
            device.begin(block);
            try {
                while (block.isAlive()) {
                    disk.interrupts.acquire();
                    block.service();
                }
                throw new IOException("the driver has ended by itself");
            } finally {
                block.close();
                device.end(block);
            }
        } finally {
            virtio.resetUninterruptibly();
            frames.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRequestAndNoFrameIsLost(Bus bus) throws Exception {
        long queues = Features.EVENT_IDX | (bus == Bus.MMIO ? Features.RING_PACKED : 0);
        queues |= bus == Bus.PCI ? BlockFeatures.MULTIPLE_QUEUES : 0;
        long offered = bus.isLegacy() ? BlockFeatures.FLUSH : BlockFeatures.FLUSH | queues;
        VirtioModel model =
                new VirtioModel(memory, 2, bus.isLegacy(), offered, 64, QUEUE_SIZE, QUEUE_SIZE);
        model.configuration.putShort(34, (short) QUEUES);
        disk = new BlockModel(model, memory, DISK_BYTES);
        long free = source.freeBytes();
        DeviceFrames frames = new DeviceFrames(source, "buffers");
        List<DeviceBlock> buffers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            buffers.add(frames.allocate(BUFFER_BYTES, BuddyAllocator.NO_LIMIT));
        }
        // Frames are for one thread at a time.
        VirtioTransport transport = bus.transport(model);
        Thread thread = Thread.ofPlatform().daemon().start(() -> serve(transport, bus.ordinal()));
        DiskParts.each(
                THREADS,
                DISK_BYTES,
                (number, first, bytes) -> use(buffers.get(number), number, first, bytes));
        thread.interrupt();
        thread.join();
        frames.close();
        disk.close();
        assertTrue(deaths >= DEATHS, deaths + " deaths");
        assertEquals(free, source.freeBytes());
    }

    /** Until the last death, and once more; what is read is what was written last. */
    private void use(DeviceBlock buffer, int seed, int first, int bytes) throws IOException {
        Random random = new Random(seed);
        byte[] expected = new byte[bytes];
        for (boolean isLast = false; !isLast; ) {
            isLast = deaths >= DEATHS;
            int length = 512 * (1 + random.nextInt(Math.min(bytes, BUFFER_BYTES) / 512));
            int at = 512 * random.nextInt((bytes - length) / 512 + 1);
            byte[] written = new byte[length];
            random.nextBytes(written);
            memory.copyIn(written, 0, buffer.address(), length);
            write(buffer, first + at, length, random.nextBoolean());
            System.arraycopy(written, 0, expected, at, length);
            device.flush();
            int all = Math.min(bytes, BUFFER_BYTES);
            device.read(first, buffer, 0, all);
            byte[] read = new byte[all];
            memory.copyOut(buffer.address(), read, 0, all);
            assertTrue(Arrays.equals(read, 0, all, expected, 0, all), "part " + seed);
        }
    }

    /** Of its own, or sector by sector at once. */
    private void write(DeviceBlock buffer, long position, int length, boolean isWhole)
            throws IOException {
        if (isWhole) {
            device.write(position, buffer, 0, length);
            return;
        }
        List<BlockTransfer> transfers = new ArrayList<>();
        for (int at = 0; at < length; at += 512) {
            transfers.add(BlockTransfer.write(position + at, buffer, at, 512));
        }
        device.transfer(transfers);
        transfers.forEach(transfer -> assertNull(transfer.failure()));
    }
}
