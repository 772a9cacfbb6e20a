package dev.cortado.drivers.virtio.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.kernel.memory.RingMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The driver dies of an exception at any access to memory that it makes; another life begins, and
 * no byte is lost or doubled, in or out, by a device that is told that it is to end.
 */
final class VirtioConsoleDeathsTest {
    private static final int DEATHS = 100;
    private static final int MOST_ACCESSES = 200;
    private static final int MOST_BYTES = 3000;

    private final ConsoleCase test = new ConsoleCase(this::mortal);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    /** Until the driver dies; below 0 it does not. */
    private int accessesLeft = -1;

    private RingMemory mortal(RingMemory memory) {
        return (RingMemory)
                Proxy.newProxyInstance(
                        RingMemory.class.getClassLoader(),
                        new Class<?>[] {RingMemory.class},
                        (proxy, method, arguments) -> access(memory, method, arguments));
    }

    private Object access(RingMemory memory, Method method, Object[] arguments) throws Throwable {
        if (accessesLeft-- == 0) {
            throw new IllegalStateException("killed");
        }
        try {
            return method.invoke(memory, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noByteIsLostOrDoubled(Bus bus) throws Exception {
        Random random = new Random(bus.ordinal());
        test.prepare(bus, Features.EVENT_IDX, bus == Bus.MMIO ? 2 : 0, 16);
        test.model.ports.add(0);
        for (int deaths = 0; deaths < DEATHS; ) {
            test.start();
            accessesLeft = random.nextInt(MOST_ACCESSES);
            try {
                while (true) {
                    use(random);
                }
            } catch (IllegalStateException e) {
                deaths++;
            }
            accessesLeft = -1;
            assertEquals(0, test.end(), "in doubt");
        }
        test.start();
        read.writeBytes(test.readAll());
        assertArrayEquals(written.toByteArray(), test.model.written[0].toByteArray());
        assertArrayEquals(typed.toByteArray(), read.toByteArray());
    }

    /** The machine ends while the driver's CPU is anywhere, and nobody asks the driver. */
    @ParameterizedTest
    @EnumSource
    void theLineKnowsWhatTheDeviceHasShown(Bus bus) throws Exception {
        boolean isStopped = true;
        for (int accesses = 0; isStopped; accesses++) {
            ConsoleCase each = new ConsoleCase(this::mortal);
            each.prepare(bus, Features.EVENT_IDX, 0, 16);
            each.start();
            accessesLeft = accesses;
            isStopped = isStopped(each);
            accessesLeft = -1;
            each.model.work();
            assertEquals(each.model.written[0].size(), each.line.handed(), "after " + accesses);
        }
    }

    private static boolean isStopped(ConsoleCase each) throws IOException {
        try {
            for (int i = 0; i < 3; i++) {
                each.put(new byte[MOST_BYTES], 0);
                each.run();
            }
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private void use(Random random) throws IOException {
        byte[] bytes = new byte[random.nextInt(MOST_BYTES)];
        random.nextBytes(bytes);
        written.write(bytes, 0, test.put(bytes, 0));
        random.nextBytes(bytes);
        test.model.typed[0].writeBytes(bytes);
        typed.writeBytes(bytes);
        test.run();
        for (int left = random.nextInt(MOST_BYTES); left > 0; left--) {
            int value = test.line.input().read();
            if (value == ByteRing.EMPTY) {
                break;
            }
            read.write(value);
        }
        test.run();
    }
}
