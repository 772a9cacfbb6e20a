package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class QemuConsoleTest {
    @Test
    void withoutTheDriverThereIsASerialPort() {
        assertEquals(List.of("-serial", "stdio"), QemuConsole.options(false, true, 0, true));
        assertEquals(List.of(), QemuConsole.kernelWords(false, true, 0));
    }

    /** What both share, QEMU mixes up. */
    @Test
    void theSerialPortHasNoneOfTheInput() {
        List<String> options = QemuConsole.options(true, false, 0, true);
        assertTrue(options.contains("virtio-serial-pci,max_ports=2"), options.toString());
        assertTrue(
                options.contains("virtserialport,chardev=console,name=dev.cortado.console"),
                options.toString());
        assertTrue(options.contains("stdio,id=console"), options.toString());
        assertTrue(
                options.contains("file,id=serial,path=/dev/stdout,append=on"), options.toString());
        assertEquals("chardev:serial", options.get(options.indexOf("-serial") + 1));
        assertEquals(List.of(), QemuConsole.kernelWords(true, false, 0));
    }

    /** Its end would close virtio's port. */
    @Test
    void inputThatEndsIsTheSerialPorts() {
        List<String> options = QemuConsole.options(true, false, 0, false);
        assertTrue(options.contains("stdio,id=serial"), options.toString());
        assertTrue(
                options.contains("file,id=console,path=/dev/stdout,append=on"), options.toString());
        assertEquals("chardev:serial", options.get(options.indexOf("-serial") + 1));
    }

    @Test
    void aMachineWithoutPciIsToldWhereItIs() {
        List<String> options = QemuConsole.options(true, true, 3, true);
        String device = "virtio-serial-device,bus=virtio-mmio-bus.3,max_ports=2";
        assertTrue(options.contains(device), options.toString());
        assertFalse(options.contains("virtio-serial-pci,max_ports=2"));
        assertEquals(
                List.of("virtio_mmio.device=512@0xfeb00600:19"),
                QemuConsole.kernelWords(true, true, 3));
    }
}
