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

    /** Input goes to what was made last: into virtio's port, QEMU mixes it up. */
    @Test
    void theSerialPortIsBehindTheOtherOne() {
        List<String> options = QemuConsole.options(true, false, 0);
        assertTrue(options.contains("virtio-serial-pci,max_ports=2"), options.toString());
        assertTrue(
                options.contains("virtserialport,chardev=console,name=dev.cortado.console"),
                options.toString());
        assertEquals(List.of("-device", "isa-serial,chardev=console"), lastTwo(options));
        assertEquals("none", options.get(options.indexOf("-serial") + 1));
        assertEquals(List.of(), QemuConsole.kernelWords(true, false, 0));
    }

    private static List<String> lastTwo(List<String> options) {
        return options.subList(options.size() - 2, options.size());
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
