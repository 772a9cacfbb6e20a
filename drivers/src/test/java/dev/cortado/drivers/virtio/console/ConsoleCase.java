package dev.cortado.drivers.virtio.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioTransport;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import dev.cortado.kernel.memory.RingMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** A line, a driver and a device, in one thread and in virtual time. */
final class ConsoleCase implements VirtioConsole.Listener {
    private static final int MEMORY_BYTES = 2 << 20;

    /** Each a step of the driver and one of the device. */
    private static final int MOST_STEPS = 1000;

    final HostMemory memory = new HostMemory(MEMORY_BYTES);
    final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    final ConsoleLine line;
    ConsoleModel model;
    VirtioConsole driver;
    int roomCalls;
    int inputCalls;

    private final RingMemory seen;
    private final DeviceBlock text;
    private VirtioTransport transport;
    private DeviceFrames frames;
    private long now;

    ConsoleCase() {
        this(null);
    }

    /**
     * @param mortal the same memory as the driver sees it, null for itself
     */
    ConsoleCase(UnaryOperator<RingMemory> mortal) {
        seen = mortal == null ? memory : mortal.apply(memory);
        line = new ConsoleLine(memory);
        DeviceFrames ofLine = new DeviceFrames(source, "line");
        try {
            line.place(
                    ofLine.allocate(ConsoleLine.OUTPUT_BYTES, BuddyAllocator.NO_LIMIT),
                    ofLine.allocate(ConsoleLine.INPUT_BYTES, BuddyAllocator.NO_LIMIT));
            text = ofLine.allocate(ConsoleLine.OUTPUT_BYTES, BuddyAllocator.NO_LIMIT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void roomForOutput() {
        roomCalls++;
    }

    @Override
    public void inputArrived() {
        inputCalls++;
    }

    void prepare(Bus bus, long offered, int ports, int queueSize) {
        model = new ConsoleModel(memory, bus.isLegacy(), offered, ports, queueSize);
        try {
            transport = bus.transport(model.model);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A life of the driver begins. */
    void start() throws IOException, InterruptedException {
        frames = new DeviceFrames(source, "life");
        driver = new VirtioConsole(device(), line, this);
    }

    private VirtioDevice device() {
        return new VirtioDevice(transport, seen, frames, milliseconds -> {});
    }

    /** As the service does it when a life ends. */
    long end() throws IOException {
        try {
            return driver.end(nanoseconds -> elapse(nanoseconds), () -> now, 1_000_000);
        } finally {
            frames.close();
        }
    }

    private void elapse(long nanoseconds) {
        model.work();
        now += nanoseconds / 2 + 1;
    }

    /** Until driver and device have nothing to do. */
    void run() throws IOException {
        for (int i = 0; i < MOST_STEPS; i++) {
            int notifications = model.model.notifications;
            model.work();
            boolean isDone = driver.service();
            if (isDone && model.model.notifications == notifications) {
                return;
            }
        }
        throw new AssertionError("there is no end");
    }

    /** What the program writes, as far as there is room. */
    int put(byte[] bytes, int offset) {
        int count = Math.min(bytes.length - offset, ConsoleLine.OUTPUT_BYTES);
        memory.copyIn(bytes, offset, text.address(), count);
        return line.output().write(text.address(), count);
    }

    /** As above, all of it. */
    void write(byte[] bytes) throws IOException {
        for (int done = 0; done < bytes.length; ) {
            int count = put(bytes, done);
            run();
            assertTrue(count > 0 || line.output().room() > 0, "there is no room");
            done += count;
        }
        run();
    }

    /** What the program reads until there is nothing more. */
    byte[] readAll() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int value = next(); value != ByteRing.EMPTY; value = next()) {
            read.write(value);
        }
        return read.toByteArray();
    }

    private int next() throws IOException {
        int value = line.input().read();
        if (value == ByteRing.EMPTY) {
            run();
            value = line.input().read();
        }
        return value;
    }
}
