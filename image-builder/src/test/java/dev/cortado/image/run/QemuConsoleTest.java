package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class QemuConsoleTest {
    @Test
    void withoutTheDriverThereIsASerialPort() {
        assertEquals(List.of("-serial", "stdio"), QemuConsole.options(false, true, 0));
        assertEquals(List.of(), QemuConsole.kernelWords(false, true, 0));
    }

    /** The port is virtio's last device: input goes to what was made last. */
    @Test
    void thePortIsBehindTheSerialPort() {
        List<String> options = QemuConsole.options(true, false, 0);
        assertTrue(options.contains("virtio-serial-pci,max_ports=2"), options.toString());
        assertTrue(options.indexOf("chardev:console") < options.size() - 2);
        assertEquals("virtserialport,chardev=console,name=dev.cortado.console", options.getLast());
        assertEquals(List.of(), QemuConsole.kernelWords(true, false, 0));
    }

    @Test
    void aMachineWithoutPciIsToldWhereItIs() {
        List<String> options = QemuConsole.options(true, true, 3);
        String device = "virtio-serial-device,bus=virtio-mmio-bus.3,max_ports=2";
        assertTrue(options.contains(device), options.toString());
        assertFalse(options.contains("virtio-serial-pci,max_ports=2"));
        assertEquals(
                List.of("virtio_mmio.device=512@0xfeb00600:19"),
                QemuConsole.kernelWords(true, true, 3));
    }
}
