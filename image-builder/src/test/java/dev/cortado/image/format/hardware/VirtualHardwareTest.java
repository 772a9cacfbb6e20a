package dev.cortado.image.format.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.TestManifest;
import dev.cortado.image.format.hardware.VirtualHardware.DiskController;
import dev.cortado.image.format.hardware.VirtualHardware.NetworkCard;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualHardwareTest {
    @ParameterizedTest
    @CsvSource({
        "xen-hvm,false,XEN,XEN",
        "xen-pvh,true,XEN,XEN",
        "vmware,false,PVSCSI,VMXNET3",
        "vmware,true,PVSCSI,VMXNET3",
        "hyperv,false,IDE,TULIP",
        "hyperv,true,IDE,TULIP",
        "qemu,true,VIRTIO,VIRTIO",
        "bare,true,VIRTIO,VIRTIO",
        "bare,false,AHCI,E1000"
    })
    void aMachineHasWhatItsImageHasDriversFor(
            String target, boolean onQemu, DiskController disk, NetworkCard card) {
        VirtualHardware hardware = VirtualHardware.of(image(target), "a b", onQemu);
        assertEquals(disk, hardware.disk());
        assertEquals(card, hardware.card());
        assertEquals(target.startsWith("xen"), hardware.isXen());
        assertEquals("a_b", hardware.name());
        assertTrue(hardware.memory() >= 96 && hardware.memory() % 4 == 0);
    }

    /** RFC 9562, 5.8 and 4.1. */
    @Test
    void itsIdIsThatOfItsName() {
        VirtualHardware first = VirtualHardware.of(image("bare"), "a", false);
        assertEquals(first.id(), VirtualHardware.of(image("vmware"), "a", true).id());
        assertNotEquals(first.id(), VirtualHardware.of(image("bare"), "b", false).id());
        assertEquals(8, first.id().version());
        assertEquals(2, first.id().variant());
    }

    private static ImageFile image(String target) {
        return new TestManifest().target(target).image(Path.of("image"), ImageFormat.DISK);
    }
}
