package dev.cortado.drivers.tulip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.network.card.CardCase;
import dev.cortado.drivers.network.card.CardContract;
import dev.cortado.drivers.network.card.HostileContract;
import dev.cortado.drivers.register.TestRegisters;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TulipCardTest {
    private static CardCase make(boolean isHigh, int buffers) throws IOException {
        SerialRom rom = SerialRom.of(6, 4);
        return new CardCase(
                (memory, offset) -> new TulipDevice(memory, offset, rom), isHigh, buffers);
    }

    @Nested
    final class Card21143 extends CardContract {
        @Override
        protected CardCase make(int buffers) throws IOException {
            return TulipCardTest.make(false, buffers);
        }

        @Override
        protected int ringSize() {
            return 128;
        }
    }

    @Nested
    final class Hostile extends HostileContract {
        @Override
        protected CardCase make(int buffers) throws IOException {
            return TulipCardTest.make(false, buffers);
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 0", "6, 1", "6, 4", "8, 3", "8, 0"})
    void theAddressIsTheSerialRoms(int addressBits, int version) {
        SerialRom rom = SerialRom.of(addressBits, version);
        TulipDevice device = new TulipDevice(new HostMemory(4096), 0, rom);
        assertEquals(CardCase.MAC, new TulipSrom(device).macAddress());
    }

    @Test
    void withoutASerialRomItHasTheAddressThatItIsGiven() throws Exception {
        SerialRom none = new SerialRom(7);
        CardCase test =
                new CardCase((memory, offset) -> new TulipDevice(memory, offset, none), false, 16);
        test.start(8);
        assertEquals(CardCase.OWN_MAC, test.driver.macAddress());
        assertTrue(MacAddress.isStation(test.driver.macAddress()));
    }

    /** IEEE 802.3, annex 28B: abilities of both ends; CSR6: FD and TTM. */
    @ParameterizedTest
    @CsvSource({
        "0x01e1, 0x45e1, 0x000200",
        "0x01e1, 0x4081, 0x000000",
        "0x00e1, 0x45e1, 0x000000",
        "0x01e1, 0x4061, 0x400200",
        "0x01e1, 0x4021, 0x400000",
    })
    void speedAndDuplexAreWhatBothCan(String own, String partners, String mode) {
        TulipDevice device = new TulipDevice(new HostMemory(4096), 0, SerialRom.of(6, 1));
        device.phy().setAbilities(Integer.decode(own), Integer.decode(partners));
        assertEquals(Integer.decode(mode), TulipPhy.find(device).mode());
    }

    /** RDES0: FS, LS, ES. */
    @ParameterizedTest
    @CsvSource({"0x0300, 0", "0x0100, 1", "0x0200, 1", "0x8300, 1"})
    void whatADescriptorSaysOfAPacket(String status, int bad) throws Exception {
        CardCase test = make(false, 16);
        test.start(8);
        assertTrue(((TulipDevice) test.model).deliver(new byte[60], Integer.decode(status)));
        test.serve();
        assertEquals(bad, test.driver.badPackets());
        assertEquals(1 - bad, test.received.size());
    }

    @Test
    void buffersThatItDoesNotReachAreRefused() throws Exception {
        CardCase test = make(true, 16);
        assertThrows(IOException.class, () -> test.start(8), "no frames below 4 GiB");
    }

    @Test
    void oneWithoutAPhyIsNotDriven() {
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> new TulipCard("21143", new TestRegisters(128), null, null, ms -> {}));
        assertEquals("21143: it has no PHY on its MII", e.getMessage());
    }
}
