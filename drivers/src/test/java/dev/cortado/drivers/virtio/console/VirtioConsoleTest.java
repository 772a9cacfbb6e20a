package dev.cortado.drivers.virtio.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.DeviceStatus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.RegisterFace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver beside a device, one step of each after the other. */
final class VirtioConsoleTest {
    private final ConsoleCase test = new ConsoleCase();

    private static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void bytesGoBothWaysOverEachBusWithAnyFeatures(Bus bus) throws Exception {
        for (int features = 0; features < 8; features++) {
            long offered = (features & 1) != 0 ? Features.INDIRECT_DESC : 0;
            offered |= (features & 2) != 0 ? Features.EVENT_IDX : 0;
            offered |= (features & 4) != 0 ? Features.RING_PACKED : 0;
            for (int ports : List.of(0, 1, 3)) {
                ConsoleCase each = new ConsoleCase();
                each.prepare(bus, offered, ports, 16);
                each.model.ports.add(ports == 3 ? 2 : 0);
                each.start();
                int port = ports == 3 ? 2 : 0;
                byte[] out = random(features, 150_000);
                byte[] in = random(ports, 20_000);
                each.model.typed[port].writeBytes(in);
                each.write(out);
                assertArrayEquals(out, each.model.written[port].toByteArray());
                assertArrayEquals(in, each.readAll());
                assertEquals(0, each.end());
            }
        }
    }

    /** 5.3.5: ready, the port is ready, the port is open. */
    @Test
    void theDriverSaysWhatTheSpecificationWants() throws Exception {
        test.prepare(Bus.PCI, 0, 4, 16);
        test.model.ports.addAll(List.of(0, 3));
        test.start();
        test.run();
        assertEquals(List.of("0 0 1", "0 3 1", "3 3 1", "0 6 1"), test.model.heard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.cortado.console", "dev.cortado.console\0"})
    void aPortMayBeTheConsoleByItsName(String name) throws Exception {
        test.prepare(Bus.MMIO, 0, 4, 16);
        test.model.isConsole = false;
        test.model.ports.addAll(List.of(1, 2));
        test.start();
        test.run();
        test.write("x".getBytes(StandardCharsets.US_ASCII));
        assertFalse(test.driver.isOpen());
        test.model.messages.add(ConsoleModel.message(1, 7, 1, "other".getBytes()));
        test.model.messages.add(ConsoleModel.message(2, 7, 1, name.getBytes()));
        test.run();
        assertFalse(test.driver.isOpen(), "nobody is there");
        assertEquals("2 6 1", test.model.heard.getLast());
        test.model.messages.add(ConsoleModel.message(2, 6, 1));
        test.run();
        assertTrue(test.driver.isOpen());
        assertEquals("x", test.model.written[2].toString());
        test.model.messages.add(ConsoleModel.message(2, 6, 0));
        test.run();
        assertFalse(test.driver.isOpen(), "the host has gone");
    }

    /** Behind the eighth none is driven, and the host is told. */
    @Test
    void portsThatHaveNoQueuesAreRefused() throws Exception {
        test.prepare(Bus.PCI, 0, 31, 16);
        test.model.ports.addAll(List.of(30, 8, 7));
        test.start();
        test.run();
        assertEquals(List.of("0 0 1", "30 3 0", "8 3 0", "7 3 1", "7 6 1"), test.model.heard);
        assertFalse(test.model.model.queues[18].enabled);
    }

    @Test
    void aHostThatDoesNotReadIsWaitedForAndNothingIsLost() throws Exception {
        test.prepare(Bus.PCI, 0, 0, 4);
        test.model.isReading = false;
        test.start();
        byte[] out = random(1, ConsoleLine.OUTPUT_BYTES);
        assertEquals(out.length, test.put(out, 0));
        test.run();
        assertEquals(0, test.put(out, 0), "full");
        assertFalse(test.line.isUsed());
        test.model.readOn(0);
        test.run();
        assertTrue(test.line.isUsed());
        assertEquals(ConsoleLine.OUTPUT_BYTES, test.line.output().room());
        assertArrayEquals(out, test.model.written[0].toByteArray());
        assertTrue(test.roomCalls > 0);
    }

    /** What it gives back late stays where it is until then. */
    @Test
    void partsMayBeGivenBackInAnyOrder() throws Exception {
        test.prepare(Bus.MMIO, 0, 0, 16);
        test.model.isReading = false;
        test.start();
        byte[] out = random(2, ConsoleLine.OUTPUT_BYTES);
        test.put(out, 0);
        test.run();
        byte[] last = test.model.useLast(0);
        test.run();
        assertEquals(0, test.put(out, 0), "the first is still there");
        test.model.readOn(0);
        test.run();
        test.model.written[0].writeBytes(last);
        assertArrayEquals(out, test.model.written[0].toByteArray());
        assertEquals(ConsoleLine.OUTPUT_BYTES, test.line.output().room());
    }

    @Test
    void inputWaitsForItsReader() throws Exception {
        test.prepare(Bus.PCI, Features.EVENT_IDX, 0, 16);
        test.start();
        byte[] in = random(3, 100_000);
        test.model.typed[0].writeBytes(in);
        test.run();
        assertEquals(0, test.line.input().room());
        assertTrue(test.model.typed[0].size() > 90_000, "the host waits");
        assertFalse(test.line.takeInputWait(), "there is no room yet");
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int told = 0;
        while (read.size() < in.length) {
            int value = test.line.input().read();
            if (value == ByteRing.EMPTY) {
                break;
            }
            read.write(value);
            if (test.line.takeInputWait()) {
                told++;
                test.run();
            }
        }
        assertArrayEquals(in, read.toByteArray());
        assertTrue(told > 10 && told < 100, "told " + told);
    }

    /** Queues of one descriptor each. */
    @Test
    void theSmallestQueuesDo() throws Exception {
        test.prepare(Bus.PCI, 0, 2, 1);
        test.model.ports.add(1);
        test.start();
        byte[] in = random(4, 10_000);
        byte[] out = random(5, 200_000);
        test.model.typed[1].writeBytes(in);
        test.write(out);
        assertArrayEquals(out, test.model.written[1].toByteArray());
        assertArrayEquals(in, test.readAll());
    }

    @Test
    void whatTheDeviceKeepsIsWrittenAgainAndThatIsSaid() throws Exception {
        test.prepare(Bus.PCI, 0, 0, 16);
        test.model.isReading = false;
        test.start();
        test.put(random(6, 1000), 0);
        test.run();
        test.put(random(7, 500), 0);
        assertEquals(1000, test.end());
        assertTrue(test.line.isUsed(), "there is no queue");
        test.model.forget();
        test.model.isReading = true;
        test.start();
        test.run();
        assertEquals(1500, test.model.written[0].size());
    }

    @Test
    void inputThatCameIsKeptForTheNextDriver() throws Exception {
        test.prepare(Bus.PCI, 0, 0, 16);
        test.start();
        byte[] in = random(8, 7000);
        test.model.typed[0].writeBytes(in);
        test.run();
        assertEquals(0, test.model.typed[0].size());
        test.end();
        test.start();
        assertArrayEquals(in, test.readAll());
    }

    private static String messageOf(IOException e) {
        return e.getMessage().replace("virtio-console (pci 0000:00:03.0): ", "");
    }

    private static String failure(byte[] message) throws Exception {
        ConsoleCase each = new ConsoleCase();
        each.prepare(Bus.PCI, 0, 4, 16);
        each.model.ports.add(0);
        each.start();
        each.run();
        each.model.messages.add(message);
        String why = messageOf(assertThrows(IOException.class, each::run));
        assertTrue((each.model.model.status & 128) != 0, "FAILED");
        return why;
    }

    @Test
    void messagesThatMakeNoSenseEndTheDriver() throws Exception {
        assertEquals("a message about ports has only 7 bytes", failure(new byte[7]));
        assertEquals("a message about ports has only 0 bytes", failure(new byte[0]));
        assertEquals(
                "a message is about port 4 where it may have 4",
                failure(ConsoleModel.message(4, 1, 1)));
        assertEquals(
                "a message is about port 4294967295 where it may have 4",
                failure(ConsoleModel.message(-1, 6, 1)));
        assertEquals("the host has taken port 0 away", failure(ConsoleModel.message(0, 2, 1)));
    }

    /** Events of the future, of the driver, about ports that are not there, and twice. */
    @Test
    void otherMessagesArePassedOver() throws Exception {
        test.prepare(Bus.PCI, 0, 4, 16);
        test.model.ports.add(0);
        test.start();
        test.run();
        for (int event = 0; event < 20; event++) {
            test.model.messages.add(ConsoleModel.message(3, event == 1 ? 9 : event, 0));
        }
        test.model.messages.add(ConsoleModel.message(0, 5, 0, new byte[] {80, 0, 25, 0}));
        test.model.messages.add(ConsoleModel.message(0, 5, 0));
        test.model.messages.add(ConsoleModel.message(0, 7, 0));
        test.model.messages.add(ConsoleModel.message(0, 4, 1));
        test.model.messages.add(ConsoleModel.message(0, 0xffff, 0xffff));
        test.run();
        assertTrue(test.driver.isOpen());
        assertEquals(3, test.model.heard.size());
    }

    @Test
    void aDeviceThatWantsToBeResetEndsTheDriver() throws Exception {
        test.prepare(Bus.PCI, 0, 0, 16);
        test.start();
        test.driver.configurationChanged();
        test.model.model.status |= DeviceStatus.DEVICE_NEEDS_RESET;
        assertEquals(
                "it wants to be reset",
                messageOf(assertThrows(IOException.class, test.driver::configurationChanged)));
    }

    /** 4 bytes behind two of columns, two of rows and four of the number of ports (5.3.4). */
    @Test
    void theRegisterForEmergenciesIsKnownIfThereIsOne() throws Exception {
        test.prepare(Bus.MMIO, 1L << 2, 0, 16);
        test.start();
        assertEquals(RegisterFace.ADDRESS + 0x100 + 8, test.driver.emergency());
        test.end();
        test.prepare(Bus.MMIO, 0, 0, 16);
        test.start();
        assertEquals(0, test.driver.emergency());
    }

    @Test
    void aDeviceWithoutPortsIsRefused() {
        test.prepare(Bus.PCI, 0, 1, 16);
        test.model.model.configuration.putInt(4, 0);
        assertEquals(
                "it may have no port", messageOf(assertThrows(IOException.class, test::start)));
    }

    /** Ports that come and go by chance: there is an end, and no frame is lost. */
    @Test
    void whateverTheHostSaysThereIsAnEnd() throws Exception {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            ConsoleCase each = new ConsoleCase();
            long free = each.source.freeBytes();
            each.prepare(Bus.PCI, random.nextBoolean() ? Features.EVENT_IDX : 0, 6, 16);
            each.start();
            try {
                for (int i = 0; i < 200; i++) {
                    int port = random.nextInt(random.nextInt(50) == 0 ? 9 : 6);
                    byte[] more = new byte[random.nextInt(30)];
                    random.nextBytes(more);
                    int event = random.nextInt(8);
                    int value = random.nextInt(2);
                    each.model.messages.add(ConsoleModel.message(port, event, value, more));
                    if (random.nextInt(4) == 0) {
                        each.run();
                    }
                }
                each.run();
            } catch (IOException e) {
                assertTrue(e.getMessage().contains("port"), e.getMessage());
            }
            each.end();
            assertEquals(free, each.source.freeBytes());
        }
    }
}
