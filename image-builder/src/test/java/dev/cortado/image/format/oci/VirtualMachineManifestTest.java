package dev.cortado.image.format.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.hardware.VirtualHardware.DiskController;
import dev.cortado.image.format.hardware.VirtualHardware.NetworkCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the part of KubeVirt's own definition (kubevirt.io/v1, VirtualMachine) that is used. */
class VirtualMachineManifestTest {
    private static final VirtualHardware HARDWARE =
            new VirtualHardware(
                    "My_App.x",
                    new UUID(1, 2),
                    128,
                    DiskController.VIRTIO,
                    NetworkCard.VIRTIO,
                    false);

    private final Schema schema =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            VirtualMachineManifestTest.class.getResourceAsStream(
                                    "virtual-machine.schema.json"));

    @TempDir Path directory;

    @Test
    void aMachineWithADiskIsAsKubeVirtWantsIt() throws IOException {
        Path file = directory.resolve("a.yaml");
        VirtualMachineManifest.writeDisk(HARDWARE, Path.of("a.tar"), file);
        assertValid(Files.readString(file));
    }

    @Test
    void aMachineWithAKernelIsAsKubeVirtWantsIt() throws IOException {
        Path file = directory.resolve("a.yaml");
        VirtualMachineManifest.writeKernel(HARDWARE, "/boot/app.elf", Path.of("a.tar"), file);
        assertValid(Files.readString(file));
    }

    /** KubeVirt has no vmxnet3, and an image for VMware no virtio. */
    @ParameterizedTest
    @CsvSource({"VIRTIO,virtio", "VMXNET3,e1000", "E1000,e1000"})
    void theCardIsOneThatTheImageHasADriverFor(NetworkCard card, String model) throws IOException {
        var hardware =
                new VirtualHardware("app", new UUID(1, 2), 128, DiskController.AHCI, card, false);
        Path file = directory.resolve("a.yaml");
        VirtualMachineManifest.writeDisk(hardware, Path.of("a.tar"), file);
        String text = Files.readString(file);
        assertTrue(text.contains(" model: " + model + "\n"), text);
    }

    private void assertValid(String yaml) {
        assertEquals(List.of(), schema.validate(yaml, InputFormat.YAML));
        String wrong = yaml.replace("masquerade: {}", "masquerade: none");
        assertFalse(schema.validate(wrong, InputFormat.YAML).isEmpty());
    }

    /** RFC 1123, 2.1: a label. */
    @ParameterizedTest
    @CsvSource({"My_App.x,my-app-x", "-a-,a", "___,guest", "Ünï,n"})
    void namesAreThoseOfHosts(String name, String expected) {
        assertEquals(expected, VirtualMachineManifest.resourceName(name));
        assertEquals(63, VirtualMachineManifest.resourceName("a".repeat(100)).length());
    }
}
