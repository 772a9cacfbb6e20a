package dev.cortado.image.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.TestObjects;
import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.FileSource;
import dev.cortado.image.format.tar.TarArchive;
import dev.cortado.image.format.xml.XmlDescriptor;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import dev.cortado.image.image.ImageWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

class ConversionTest {
    @TempDir Path directory;
    private Path output;

    @BeforeEach
    void prepare() {
        output = directory.resolve("made");
    }

    @ParameterizedTest
    @EnumSource(value = OutputFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "KERNEL")
    void theImageIsFoundInEachFormat(OutputFormat format) throws IOException {
        Path image = TestImages.fitting(format, directory);
        Path file = convert(image, format, directory.resolve("hello"));
        try (OpenedImage opened = OpenedImage.open(file)) {
            assertEquals(containers(format), opened.containers());
            ImageFile read = opened.read();
            ImageFile expected = ImageFile.read(image);
            assertEquals(expected.manifest(), read.manifest());
            assertEquals(expected.segments(), read.segments());
            assertEquals(expected.format(), read.format());
            assertEquals(Files.size(image), opened.bytes().size());
            assertEquals(Files.size(file), read.size());
        }
    }

    private static List<String> containers(OutputFormat format) {
        return switch (format) {
            case RAW -> List.of();
            case OVA, OVA_2 -> List.of(format.word(), "vmdk-stream");
            case VMX -> List.of("vmx", "vmdk");
            case CONTAINER_DISK, KERNEL_BOOT -> List.of("oci");
            default -> List.of(format.word());
        };
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void theSameImageGivesTheSameBytes(OutputFormat format) throws IOException {
        Path image = TestImages.fitting(format, directory);
        Path file = convert(image, format, directory.resolve("hello"));
        byte[] first = Files.readAllBytes(file);
        Files.delete(file);
        convert(image, format, directory.resolve("hello"));
        assertArrayEquals(first, Files.readAllBytes(file));
    }

    @Test
    void anyFormatIsMadeOfAnyOther() throws IOException {
        Path image = TestImages.disk(directory);
        Path file = image;
        for (OutputFormat format : OutputFormat.values()) {
            boolean isWhole = format != OutputFormat.KERNEL && !format.namesTheImage();
            if (format.fits(Target.XEN_HVM) && isWhole) {
                file = convert(file, format, directory.resolve("step" + format));
            }
        }
        Path back = directory.resolve("back.img");
        Conversion.convert(file, OutputFormat.RAW, back);
        assertArrayEquals(Files.readAllBytes(image), Files.readAllBytes(back));
    }

    /** The bytes that the disk was made of. */
    @Test
    void theKernelIsTakenFromADisk() throws IOException {
        Path disk = TestImages.disk(directory);
        Path kernel = convert(disk, OutputFormat.KERNEL, output);
        ImageFile read = ImageFile.read(kernel);
        ImageFile expected = ImageFile.read(disk);
        assertEquals(ImageFormat.ELF, read.format());
        assertEquals(expected.manifest(), read.manifest());
        assertEquals(expected.segments(), read.segments());
        byte[] elf = Files.readAllBytes(kernel);
        String bytes = new String(Files.readAllBytes(disk), StandardCharsets.ISO_8859_1);
        assertTrue(bytes.contains(new String(elf, StandardCharsets.ISO_8859_1)));
        assertRefused("takes a disk", kernel, OutputFormat.KERNEL);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Path kernel = TestImages.kernel(directory);
        assertRefused(
                "app.elf cannot be made into vmdk, which takes a disk: build it for xen-hvm",
                kernel,
                OutputFormat.VMDK);
        assertRefused("build it for qemu", TestImages.disk(directory), OutputFormat.FIRECRACKER);
        assertRefused("there is no file", directory.resolve("none"), OutputFormat.RAW);
        assertRefused("is not a file", directory, OutputFormat.RAW);
    }

    @Test
    void aDescriptorIsMadeOfNothingButAnImage() {
        Path disk = directory.resolve("disk.qcow2");
        Conversion.convert(TestImages.disk(directory), OutputFormat.QCOW2, disk);
        assertRefused("convert that to raw first", disk, OutputFormat.LIBVIRT);
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void namesMayBeLong(OutputFormat format) {
        Path image = TestImages.fitting(format, directory);
        Path file = convert(image, format, directory.resolve("n".repeat(200)));
        try (OpenedImage opened = OpenedImage.open(file)) {
            assertEquals(ImageFile.read(image).manifest(), opened.read().manifest());
        }
    }

    @Test
    void nothingIsWrittenOverItself() {
        Path disk = TestImages.disk(directory);
        UserError error =
                assertThrows(
                        UserError.class, () -> Conversion.convert(disk, OutputFormat.QCOW2, disk));
        assertTrue(error.getMessage().contains("over itself"), error.getMessage());
    }

    @Test
    void aFileBesideTheOutputIsNotWrittenOverTheImage() throws IOException {
        Path disk = directory.resolve("a.vmdk");
        Conversion.convert(TestImages.disk(directory), OutputFormat.VMDK_STREAM, disk);
        byte[] before = Files.readAllBytes(disk);
        Path machine = directory.resolve("a.vmx");
        UserError error =
                assertThrows(
                        UserError.class, () -> Conversion.convert(disk, OutputFormat.VMX, machine));
        assertTrue(error.getMessage().contains("over itself"), error.getMessage());
        assertArrayEquals(before, Files.readAllBytes(disk));
    }

    /** In a text of VMware's, bytes that have a meaning are a bar and two digits. */
    @Test
    void aDiskOfAMachineMayHaveAnyName() throws IOException {
        Path disk = TestImages.disk(directory);
        Path machine = directory.resolve("a\"b|22c.vmx");
        Conversion.convert(disk, OutputFormat.VMX, machine);
        String text = Files.readString(machine);
        assertTrue(text.contains("\"a|22b|7C22c.vmdk\""), text);
        try (OpenedImage opened = OpenedImage.open(machine)) {
            assertEquals(ImageFile.read(disk).manifest(), opened.read().manifest());
        }
    }

    /** Xen emulates IDE under the names hda to hdd, and no SATA (xen-vbd-interface(7)). */
    @Test
    void aDomainOfXensHasItsDiskOnIde() throws IOException {
        Conversion.convert(TestImages.disk(directory), OutputFormat.LIBVIRT, output);
        String text = Files.readString(output);
        assertTrue(text.contains("<domain type=\"xen\">"), text);
        assertTrue(text.contains("<target dev=\"hda\" bus=\"ide\"/>"), text);
    }

    /** Of a controller without a model, libvirt makes an LSI, for which there is no driver. */
    @Test
    void aDomainForAnImageOfVmwaresHasItsController() throws IOException {
        Path image = directory.resolve("app-vmware.img");
        ImageWriter.of(Target.VMWARE).write(TestObjects.image(Target.VMWARE), image);
        Conversion.convert(image, OutputFormat.LIBVIRT, output);
        String domain = Files.readString(output);
        String controller = "<controller type=\"scsi\" index=\"0\" model=\"vmpvscsi\"/>";
        assertTrue(domain.contains(controller), domain);
        assertTrue(domain.contains("<target dev=\"sda\" bus=\"scsi\"/>"), domain);
    }

    /** An image for Hyper-V's first generation has drivers for IDE and for a Tulip alone. */
    @Test
    void aMachineForAnImageOfHyperVsHasItsDevices() throws IOException {
        Path image = directory.resolve("app-hyperv.img");
        ImageWriter.of(Target.HYPERV).write(TestObjects.image(Target.HYPERV), image);
        Conversion.convert(image, OutputFormat.LIBVIRT, output);
        String domain = Files.readString(output);
        assertTrue(domain.contains("<target dev=\"hda\" bus=\"ide\"/>"), domain);
        assertTrue(domain.contains("<model type=\"tulip\"/>"), domain);
        Conversion.convert(image, OutputFormat.VMX, output);
        String machine = Files.readString(output);
        assertTrue(machine.contains("ide0:0.fileName"), machine);
        Conversion.convert(image, OutputFormat.OVA, output);
        TarArchive archive = TarArchive.open(FileSource.open(output));
        XmlDescriptor descriptor = XmlDescriptor.read(archive.file("made.ovf"));
        List<String> types =
                descriptor.elements("ResourceType").stream().map(Element::getTextContent).toList();
        assertEquals(List.of("3", "4", "5", "17", "10"), types, "the third is IDE");
    }

    @Test
    void aDirectoryIsALayoutToo() {
        Path disk = TestImages.disk(directory);
        Conversion.convert(disk, OutputFormat.CONTAINER_DISK, output);
        try (OpenedImage opened = OpenedImage.open(output)) {
            assertEquals(List.of("oci"), opened.containers());
            assertEquals(ImageFile.read(disk).manifest(), opened.read().manifest());
        }
        assertRefused("is a", disk, OutputFormat.CONTAINER_DISK);
    }

    private void assertRefused(String message, Path image, OutputFormat format) {
        UserError error =
                assertThrows(UserError.class, () -> Conversion.convert(image, format, output));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "a.img,raw", "a.raw,raw", "a.QCOW2,qcow2", "a.vmdk,vmdk", "a-stream.vmdk,vmdk-stream",
        "a.vhd,vhd", "a-fixed.vhd,vhd-fixed", "a.vhdx,vhdx", "a.ova,ova", "a-2.ova,ova-2",
        "a.xml,libvirt", "a.firecracker.json,firecracker", "a-containerdisk.tar,containerdisk"
    })
    void namesSayWhatIsWanted(Path file, String word) {
        assertEquals(OutputFormat.parse(word), OutputFormat.named(file).orElseThrow());
        assertTrue(OutputFormat.named(Path.of("a.txt")).isEmpty());
    }

    private static Path convert(Path image, OutputFormat format, Path base) {
        Path file = format.beside(base);
        Conversion.convert(image, format, file);
        return file;
    }
}
