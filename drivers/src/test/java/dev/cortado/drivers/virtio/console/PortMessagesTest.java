package dev.cortado.drivers.virtio.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.transport.Bus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages about ports, as devices other than the usual ones send them. */
final class PortMessagesTest {
    private static final String NAME = "dev.cortado.console";

    private final ConsoleCase test = new ConsoleCase();

    /** QEMU's largest device: it says of each port that it is there, what its name is, and open. */
    @Test
    void noMessageOfThirtyOnePortsIsLost() throws Exception {
        test.prepare(Bus.PCI, 0, 31, 32);
        test.model.losesMessages = true;
        test.model.isConsole = false;
        for (int port = 0; port < 31; port++) {
            test.model.ports.add(port);
            test.model.names.put(port, port == 7 ? NAME : "port " + port);
        }
        test.start();
        test.run();
        assertEquals(32 + 1, test.model.heard.size(), "each port has its answer");
        assertTrue(test.driver.isOpen());
        test.write("x".getBytes());
        assertEquals("x", test.model.written[7].toString());
    }

    /** QEMU says how many bytes the name has, whether or not it has written them. */
    @Test
    void aNameThatIsCutEndsNothing() throws Exception {
        test.prepare(Bus.PCI, 0, 4, 16);
        test.model.isConsole = false;
        test.model.ports.addAll(List.of(1, 2));
        test.model.names.put(1, "n".repeat(500));
        test.model.names.put(2, NAME);
        test.start();
        test.run();
        assertTrue(test.driver.isOpen());
    }

    /** The specification has no order of the two. */
    @Test
    void aPortMayBeOpenBeforeItHasItsName() throws Exception {
        test.prepare(Bus.MMIO, 0, 4, 16);
        test.model.isConsole = false;
        test.model.ports.add(1);
        test.start();
        test.model.messages.add(ConsoleModel.message(1, 1, 1));
        test.model.messages.add(ConsoleModel.message(1, 6, 1));
        test.run();
        assertFalse(test.driver.isOpen());
        test.model.messages.add(ConsoleModel.message(1, 7, 1, NAME.getBytes()));
        test.run();
        assertTrue(test.driver.isOpen());
    }

    /** Then the driver waits: it has no room for more answers. */
    @Test
    void aDeviceThatTakesNoMessagesIsWaitedFor() throws Exception {
        test.prepare(Bus.PCI, 0, 4, 16);
        test.model.isConsole = false;
        test.model.isHearing = false;
        test.start();
        for (int i = 0; i < 100; i++) {
            test.model.messages.add(ConsoleModel.message(i % 4, 1, 1));
        }
        test.run();
        assertFalse(test.model.messages.isEmpty());
        test.model.isHearing = true;
        test.run();
        assertEquals(1 + 100, test.model.heard.size());
    }
}
