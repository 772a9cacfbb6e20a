package dev.cortado.drivers.vmware.vmxnet3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.card.CardCase;
import dev.cortado.drivers.network.card.HostileContract;
import dev.cortado.drivers.network.card.OffloadContract;
import dev.cortado.drivers.register.TestRegisters;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Vmxnet3CardTest {
    private static CardCase make(int messages, boolean isAutoMask, int buffers) throws IOException {
        return new CardCase(
                (memory, offset) -> new Vmxnet3Device(memory, offset, messages, isAutoMask),
                true,
                buffers);
    }

    @Nested
    final class ByMessages extends OffloadContract {
        @Override
        protected CardCase make(int buffers) throws IOException {
            return Vmxnet3CardTest.make(2, true, buffers);
        }

        @Override
        protected int ringSize() {
            return 256;
        }
    }

    @Nested
    final class Unmasked extends OffloadContract {
        @Override
        protected CardCase make(int buffers) throws IOException {
            return Vmxnet3CardTest.make(2, false, buffers);
        }

        @Override
        protected int ringSize() {
            return 256;
        }
    }

    @Nested
    final class Hostile extends HostileContract {
        @Override
        protected CardCase make(int buffers) throws IOException {
            return Vmxnet3CardTest.make(2, true, buffers);
        }
    }

    @Nested
    final class HostileByLine extends HostileContract {
        @Override
        protected CardCase make(int buffers) throws IOException {
            return Vmxnet3CardTest.make(0, true, buffers);
        }
    }

    /** First word: eop, sop, rqID, cnc; last word: type and fcs, or none; tcp, udp, tuc. */
    @ParameterizedTest
    @CsvSource({
        "0x0000c000, 0x03800000, packet",
        "0x0000c000, 0x03850000, good",
        "0x0000c000, 0x03830000, good",
        "0x0000c000, 0x03840000, packet",
        "0x4000c000, 0x03850000, packet",
        "0x00008000, 0x03800000, bad",
        "0x00004000, 0x03800000, bad",
        "0x0000c000, 0x00000000, packet",
    })
    void whatACompletionSaysIsTheBuffers(String first, String last, String what) throws Exception {
        CardCase test = make(2, true, 16);
        test.start(8);
        test.keep = true;
        Vmxnet3Device device = (Vmxnet3Device) test.model;
        byte[] packet = new byte[60];
        assertTrue(device.deliver(packet, Integer.decode(first), Integer.decode(last), true));
        test.serve();
        assertEquals(what.equals("bad") ? 0 : 1, test.kept.size());
        assertEquals(what.equals("bad") ? 1 : 0, test.driver.badPackets());
        if (!what.equals("bad")) {
            assertEquals(what.equals("good"), test.kept.getFirst().isChecksumGood());
        }
    }

    /** Buffers that the device passes by are not lost. */
    @Test
    void buffersPassedByComeBack() throws Exception {
        CardCase test = make(2, true, 16);
        test.start(8);
        Vmxnet3Device device = (Vmxnet3Device) test.model;
        for (int i = 0; i < 300; i++) {
            assertTrue(device.deliver(new byte[60], 0, 0, false));
            assertTrue(device.deliver(new byte[60], 0, 0, false));
            assertTrue(device.deliver(new byte[61]));
            test.serve();
            assertEquals(i + 1, test.received.size());
        }
        assertEquals(600, test.driver.badPackets());
        test.end();
        test.checkNothingLost();
    }

    @Test
    void whatIsOutOfTurnWasNotSent() throws Exception {
        CardCase test = make(2, true, 16);
        test.start(8);
        assertEquals(1, test.send(test.packet(new byte[60])));
        assertEquals(1, test.send(test.packet(new byte[60])));
        ((Vmxnet3Device) test.model).complete(1);
        test.takeBack();
        IOException e = assertThrows(IOException.class, test::serve);
        assertEquals("vmxnet3: it says that it has sent descriptor 1, out of turn", e.getMessage());
        test.end();
        test.takeBack();
        test.checkNothingLost();
    }

    @Test
    void anotherRevisionIsNotDriven() {
        TestRegisters none = new TestRegisters(4096);
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> new Vmxnet3Card("vmxnet3", none, none, 2, null, null));
        assertEquals("vmxnet3: it does not know revision 1 of itself", e.getMessage());
        TestRegisters few = new TestRegisters(64);
        assertThrows(IOException.class, () -> new Vmxnet3Card("vmxnet3", none, few, 2, null, null));
    }

    @Test
    void errorsOfQueuesEndTheDriver() throws Exception {
        CardCase test = make(2, true, 16);
        test.start(8);
        ((Vmxnet3Device) test.model).stopQueues(0x80000002);
        IOException e = assertThrows(IOException.class, test::serve);
        assertEquals(
                "vmxnet3: it has stopped with errors of what is sent 0x80000002, of what comes"
                        + " 0x80000002",
                e.getMessage());
        test.end();
        test.checkNothingLost();
    }
}
