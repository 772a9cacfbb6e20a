package dev.cortado.drivers.intel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.card.CardCase;
import dev.cortado.drivers.network.card.HostileContract;
import dev.cortado.drivers.network.card.OffloadContract;
import dev.cortado.drivers.register.TestRegisters;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class IntelCardTest {
    private static CardCase make(IntelModel model, boolean isMessages, int buffers)
            throws IOException {
        return new CardCase(IntelDevice.maker(model, isMessages), true, buffers);
    }

    @Nested
    final class Card82540 extends OffloadContract {
        @Override
        protected CardCase make(int buffers) throws IOException {
            return IntelCardTest.make(IntelModel.I82540EM, false, buffers);
        }

        @Override
        protected int ringSize() {
            return 256;
        }
    }

    @Nested
    final class Card82574 extends OffloadContract {
        @Override
        protected CardCase make(int buffers) throws IOException {
            return IntelCardTest.make(IntelModel.I82574L, true, buffers);
        }

        @Override
        protected int ringSize() {
            return 256;
        }
    }

    @Nested
    final class Hostile82545 extends HostileContract {
        @Override
        protected CardCase make(int buffers) throws IOException {
            return IntelCardTest.make(IntelModel.I82545EM, false, buffers);
        }
    }

    @Nested
    final class Hostile82574 extends HostileContract {
        @Override
        protected CardCase make(int buffers) throws IOException {
            return IntelCardTest.make(IntelModel.I82574L, true, buffers);
        }
    }

    /** Status: DD, EOP, and of the sum IXSM, UDPCS and TCPCS; errors: TCPE, and of the frame. */
    @ParameterizedTest
    @CsvSource({
        "0x03, 0x00, packet",
        "0x23, 0x00, good",
        "0x13, 0x00, good",
        "0x27, 0x00, packet",
        "0x23, 0x20, packet",
        "0x03, 0x01, bad",
        "0x03, 0x02, bad",
        "0x03, 0x04, bad",
        "0x03, 0x10, bad",
        "0x03, 0x80, bad",
        "0x01, 0x00, bad",
    })
    void whatADescriptorSaysIsTheBuffers(String status, String errors, String what)
            throws Exception {
        CardCase test = make(IntelModel.I82574L, false, 16);
        test.start(8);
        test.keep = true;
        IntelDevice device = (IntelDevice) test.model;
        assertTrue(device.deliver(new byte[60], Integer.decode(status), Integer.decode(errors)));
        test.serve();
        assertEquals(what.equals("bad") ? 0 : 1, test.kept.size());
        assertEquals(what.equals("bad") ? 1 : 0, test.driver.badPackets());
        if (!what.equals("bad")) {
            assertEquals(what.equals("good"), test.kept.getFirst().isChecksumGood());
        }
    }

    /** All of a packet that did not fit a buffer is one bad packet a descriptor. */
    @Test
    void theRestOfAPacketIsNoPacket() throws Exception {
        CardCase test = make(IntelModel.I82540EM, false, 16);
        test.start(8);
        IntelDevice device = (IntelDevice) test.model;
        device.deliver(new byte[2048], 1, 0);
        device.deliver(new byte[100], 3, 0);
        device.deliver(new byte[60], 3, 0);
        test.serve();
        assertEquals(1, test.received.size());
        assertEquals(60, test.received.getFirst().length);
        assertEquals(2, test.driver.badPackets());
    }

    @ParameterizedTest
    @EnumSource(IntelModel.class)
    void theAddressIsTheEepromsWhereNoneWasLoaded(IntelModel model) {
        IntelDevice device = new IntelDevice(new HostMemory(4096), 0, model, false);
        device.forgetAddress();
        assertEquals(CardCase.MAC, new IntelAddresses(device, model).read());
        device.pull();
        assertFalse(new IntelAddresses(device, model).read() == CardCase.MAC);
    }

    @Test
    void oneThatDoesNotResetItselfIsNone() {
        TestRegisters stuck = new TestRegisters(0x20000);
        IOException e =
                assertThrows(
                        IOException.class,
                        () ->
                                new IntelCard(
                                        "82540EM (pci 0000:00:03.0)",
                                        IntelModel.I82540EM,
                                        stuck,
                                        false,
                                        null,
                                        null,
                                        ms -> {}));
        assertEquals("82540EM (pci 0000:00:03.0): it does not reset itself", e.getMessage());
        assertThrows(
                IOException.class,
                () ->
                        new IntelCard(
                                "short",
                                IntelModel.I82540EM,
                                new TestRegisters(4096),
                                false,
                                null,
                                null,
                                ms -> {}));
    }
}
