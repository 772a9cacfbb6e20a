package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.device.DeviceFaults;
import dev.cortado.kernel.device.DeviceInterrupt;
import dev.cortado.kernel.device.DeviceMask;
import dev.cortado.kernel.device.DeviceVectors;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.interrupt.IoApic;
import dev.cortado.kernel.pc.PcInterrupts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Vectors of devices, with a CPU that raises them in a device's place. */
final class DeviceInterruptTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(Deadline.SECONDS);

    /** So many in a row without a cause are too many. */
    private static final int STORM = 10_000;

    /** More than a CPU has vectors. */
    private static final int MANY = 400;

    /** One of those that PCI has where there is a second half of an IO-APIC. */
    private static final int LINE = 22;

    /** The console's, on the ISA bus. */
    private static final int COM1_LINE = 4;

    @BeforeAll
    static void inAGuest() {
        Guest.required();
        assumeTrue(Interrupts.controller() instanceof PcInterrupts, "there are no vectors");
    }

    private static void raise(int cpu, int vector) {
        Interrupts.send(Processors.get(cpu), vector);
    }

    @Test
    void eachMessageMayGoToACpuOfItsOwn() throws Exception {
        int[] cpus = new int[Processors.online() + 1];
        for (int i = 0; i < cpus.length; i++) {
            cpus[i] = i % Processors.online();
        }
        try (DeviceInterrupt interrupt = openSoon(cpus)) {
            assertEquals(cpus.length, interrupt.count());
            for (int i = 0; i < cpus.length; i++) {
                raise(cpus[i], interrupt.messageData(i));
                assertEquals(1L << i, interrupt.await(LONG));
            }
        }
        int none = Processors.online();
        assertThrows(IOException.class, () -> DeviceInterrupt.ofMessages(new int[] {0, none}));
    }

    @Test
    void aMessageWakesWhoWaitsForIt() throws Exception {
        for (int cpu = 0; cpu < Processors.online(); cpu++) {
            try (DeviceInterrupt interrupt = openSoon(cpu, cpu, cpu)) {
                int target = cpu;
                TestThread waiter =
                        TestThread.start(() -> {
                            for (int i = 0; i < 100; i++) {
                                assertEquals(1L << i % 3, interrupt.await(LONG));
                                raise(target, interrupt.messageData((i + 1) % 3));
                            }
                        });
                raise(cpu, interrupt.messageData(0));
                waiter.finish();
                assertEquals(2, interrupt.await(LONG));
                assertEquals(0, interrupt.await(0));
            }
        }
    }

    @Test
    void severalAreThereUntilSomebodyWaits() throws Exception {
        int cpu = Processors.online() - 1;
        try (DeviceInterrupt interrupt = openSoon(cpu, cpu, cpu)) {
            raise(cpu, interrupt.messageData(2));
            raise(cpu, interrupt.messageData(0));
            long came = 0;
            while (came != 5) {
                long more = interrupt.await(LONG);
                assertTrue(more != 0, "never: " + came);
                came |= more;
            }
        }
    }

    @Test
    void whoWaitsIsToldOfTheEnd() throws Exception {
        DeviceInterrupt interrupt = openSoon(0, 0);
        TestThread waiter = TestThread.start(() -> assertEquals(3, interrupt.await(LONG)));
        interrupt.close();
        interrupt.close();
        waiter.finish();
    }

    @Test
    void whatComesTooLateIsNobodys() throws Exception {
        int cpu = Processors.online() - 1;
        DeviceInterrupt interrupt = openSoon(cpu);
        int vector = interrupt.messageData(0);
        interrupt.close();
        assertEquals(1, interrupt.await(0), "its end");
        long before = DeviceVectors.unexpected();
        raise(cpu, vector);
        Deadline.until("an interrupt", () -> DeviceVectors.unexpected() > before);
        assertEquals(0, interrupt.await(0));
    }

    /** A device's messages as they were told to it. */
    private static final class Mask implements DeviceMask {
        private boolean isMasked;

        @Override
        public boolean isRaising() {
            return false;
        }

        @Override
        public void setMasked(boolean masked) {
            isMasked = masked;
        }
    }

    /** Also one that is sent in spite of being masked; and then it is tried again. */
    @Test
    void aMessageThatComesForEverIsMaskedForAWhile() throws Exception {
        int cpu = Processors.online() - 1;
        try (DeviceInterrupt interrupt = openSoon(cpu)) {
            Mask mask = new Mask();
            interrupt.describe("device of a test", mask);
            int vector = interrupt.messageData(0);
            int rounds = 0;
            while (!mask.isMasked) {
                raise(cpu, vector);
                assertEquals(1, interrupt.await(LONG));
                interrupt.acknowledge(rounds == 100);
                rounds++;
                assertTrue(rounds < 20 * STORM, "it is not masked");
            }
            assertTrue(rounds > STORM, rounds + " times");
            assertEquals(1, DeviceFaults.count("device of a test", DeviceFaults.Kind.STORM));
            assertEquals(1, interrupt.await(LONG), "who waits is told");
            assertEquals(1, interrupt.await(LONG), "what is masked is polled");
            long before = Interrupts.count(Processors.get(cpu), vector);
            raise(cpu, vector);
            Deadline.until(
                    "an interrupt", () -> Interrupts.count(Processors.get(cpu), vector) > before);
            assertEquals(0, interrupt.await(0));
            long end = System.nanoTime() + LONG;
            while (mask.isMasked) {
                assertTrue(System.nanoTime() < end, "it is not tried");
                assertEquals(1, interrupt.await(LONG));
                interrupt.acknowledge(false);
            }
            assertEquals(1, interrupt.await(0), "what came meanwhile has told nobody");
            raise(cpu, vector);
            assertEquals(1, interrupt.await(LONG));
        }
    }

    @Test
    void vectorsAreUsedAgain() throws Exception {
        for (int cpu = 0; cpu < Processors.online(); cpu++) {
            for (int i = 0; i < MANY; i++) {
                DeviceInterrupt interrupt = openSoon(cpu);
                raise(cpu, interrupt.messageData(0));
                assertEquals(1, interrupt.await(LONG));
                interrupt.close();
            }
        }
    }

    /** A CPU needs a moment to let go of a vector that others had, as another test may have. */
    private static DeviceInterrupt openSoon(int... cpus) {
        DeviceInterrupt[] opened = new DeviceInterrupt[1];
        Deadline.until(
                "a vector",
                () -> {
                    try {
                        opened[0] = DeviceInterrupt.ofMessages(cpus);
                    } catch (IOException e) {
                        return false;
                    }
                    return true;
                });
        return opened[0];
    }

    @Test
    void thereIsAnEndOfThem() throws Exception {
        int cpu = Processors.online() - 1;
        List<DeviceInterrupt> opened = new ArrayList<>();
        String message =
                assertThrows(
                                IOException.class,
                                () -> {
                                    for (int i = 0; i < MANY; i++) {
                                        opened.add(DeviceInterrupt.ofMessages(cpu, 1));
                                    }
                                })
                        .getMessage();
        assertEquals("CPU " + cpu + " has no vector left for a device", message);
        assertTrue(opened.size() > 100, opened.size() + " vectors");
        opened.forEach(DeviceInterrupt::close);
        openSoon(cpu).close();
    }

    @Test
    void whatThereIsNotIsRefused() {
        int none = Processors.online();
        assertThrows(IOException.class, () -> DeviceInterrupt.ofMessages(none, 1));
        assertThrows(IOException.class, () -> DeviceInterrupt.ofMessages(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> DeviceInterrupt.ofMessages(0, 65));
        assertThrows(IOException.class, () -> DeviceInterrupt.ofLine(100_000, 0, true, true));
        assertThrows(IOException.class, () -> DeviceInterrupt.ofLine(-1, 0, true, true));
    }

    @Test
    void onlyWhatIsLevelTriggeredAlikeIsShared() throws Exception {
        assumeTrue(IoApic.exists(LINE), "there is no such line");
        try (DeviceInterrupt first = DeviceInterrupt.ofLine(LINE, 0, true, true)) {
            assertThrows(IOException.class, () -> DeviceInterrupt.ofLine(LINE, 0, false, true));
            assertThrows(IOException.class, () -> DeviceInterrupt.ofLine(LINE, 0, true, false));
            DeviceInterrupt.ofLine(LINE, Processors.online() - 1, true, true).close();
            first.acknowledge(true);
        }
        try (DeviceInterrupt edge = DeviceInterrupt.ofLine(LINE, 0, false, true)) {
            assertThrows(IOException.class, () -> DeviceInterrupt.ofLine(LINE, 0, true, true));
            edge.acknowledge(true);
        }
        DeviceInterrupt.ofLine(LINE, 0, true, true).close();
    }

    /** Whichever of them leaves: the line goes on for those that are left. */
    @Test
    void allOnALineAreWoken() throws Exception {
        assumeTrue(IoApic.exists(LINE), "there is no such line");
        for (int leaving = 0; leaving < 3; leaving++) {
            List<DeviceInterrupt> sharing = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sharing.add(DeviceInterrupt.ofLine(LINE, 0, true, true));
            }
            raiseAndAwait(sharing);
            raiseAndAwait(sharing);
            DeviceInterrupt left = sharing.remove(leaving);
            left.close();
            left.await(0);
            raiseAndAwait(sharing);
            assertEquals(0, left.await(0));
            sharing.forEach(DeviceInterrupt::close);
        }
    }

    /** In the line's place: the vector of the first. */
    private static void raiseAndAwait(List<DeviceInterrupt> sharing) throws InterruptedException {
        raise(0, sharing.getFirst().messageData(0));
        for (DeviceInterrupt interrupt : sharing) {
            assertEquals(1, interrupt.await(LONG));
            interrupt.acknowledge(true);
        }
    }

    @Test
    void theKernelsLinesAreItsOwn() throws Exception {
        long line = Firmware.tables().topology().overrides().globalInterrupt(COM1_LINE);
        assumeTrue(IoApic.exists(line), "there is no such line");
        String message =
                assertThrows(IOException.class, () -> DeviceInterrupt.ofLine(line, 0, false, false))
                        .getMessage();
        assertEquals("line " + line + " is another device's, or the kernel's", message);
    }
}
