package dev.cortado.image.format.ovf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.FileSource;
import dev.cortado.image.format.bytes.TestDisks;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.hardware.VirtualHardware.DiskController;
import dev.cortado.image.format.hardware.VirtualHardware.NetworkCard;
import dev.cortado.image.format.tar.TarArchive;
import dev.cortado.image.format.xml.XmlDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

class OvaTest {
    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(OvfVersion.class)
    void theDescriptorSaysWhatIsInTheArchive(OvfVersion version) {
        TarArchive archive = TarArchive.open(FileSource.open(write(version)));
        XmlDescriptor descriptor = XmlDescriptor.read(archive.file("app.ovf"));
        assertEquals("Envelope", descriptor.rootName());
        assertEquals(version.namespace(), descriptor.namespace());
        Element file = descriptor.elements("File").getFirst();
        assertEquals("app-disk1.vmdk", attribute(file, "href"));
        long size = archive.file("app-disk1.vmdk").size();
        assertEquals(Long.toString(size), attribute(file, "size"));
        Element disk = descriptor.elements("Disk").getFirst();
        assertEquals(Integer.toString(1 << 20), attribute(disk, "capacity"));
        assertEquals(5, descriptor.elements("Item").size());
    }

    /** As the schema of CIM's settings has them. */
    @Test
    void elementsOfItemsAreInTheAlphabetsOrder() {
        TarArchive archive = TarArchive.open(FileSource.open(write(OvfVersion.VERSION_2)));
        for (Element item : XmlDescriptor.read(archive.file("app.ovf")).elements("Item")) {
            List<String> names =
                    XmlDescriptor.children(item).stream().map(Element::getLocalName).toList();
            assertEquals(names.stream().sorted().distinct().toList(), names);
        }
    }

    @Test
    void aDiskThatIsNotAsTheManifestSaysIsRefused() throws IOException {
        byte[] file = Files.readAllBytes(write(OvfVersion.VERSION_1));
        file[file.length - 4096]++;
        UserError error =
                assertThrows(UserError.class, () -> OvaArchive.open(TestDisks.source(file)));
        String message = "app-disk1.vmdk is not as its manifest says";
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    private static String attribute(Element element, String name) {
        return XmlDescriptor.attribute(element, name).orElseThrow();
    }

    private Path write(OvfVersion version) {
        Path file = directory.resolve("a.ova");
        VirtualHardware hardware =
                new VirtualHardware(
                        "app",
                        new UUID(1, 2),
                        128,
                        DiskController.PVSCSI,
                        NetworkCard.VMXNET3,
                        false);
        byte[] disk = new byte[1 << 20];
        disk[1000] = 1;
        OvaWriter.write(TestDisks.source(disk), version, hardware, file);
        return file;
    }
}
