package dev.cortado.image.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.TestObjects;
import dev.cortado.image.Tools;
import dev.cortado.image.image.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the programs of others say of our files. */
class ForeignToolsTest {
    @TempDir Path directory;

    @Test
    void xorrisoFindsTheDiskAndHowItIsBooted() throws IOException, InterruptedException {
        Path image = TestImages.disk(directory);
        Path file = make(OutputFormat.ISO, image);
        Path back = directory.resolve("back.img");
        String report = run("xorriso", "-indev", file, "-report_el_torito", "plain", "-lsl", "/");
        assertTrue(report.contains("'DISK.IMG'"), report);
        assertTrue(report.contains("El Torito boot img :   1  BIOS"), report);
        Tools.run("xorriso", "-osirrox", "on", "-indev", file, "-extract", "/DISK.IMG", back);
        assertSame(image, back);
    }

    @Test
    void isoinfoReadsTheVolume() throws IOException, InterruptedException {
        Path file = make(OutputFormat.ISO, TestImages.disk(directory));
        String facts = run("isoinfo", "-d", "-i", file);
        assertTrue(facts.contains("Volume id: HELLO"), facts);
        assertTrue(facts.contains("Bootid 88 (bootable)"), facts);
    }

    @ParameterizedTest
    @EnumSource(
            value = OutputFormat.class,
            names = {"OVA", "OVA_2"})
    void theManifestIsWhatSha256sumSays(OutputFormat format)
            throws IOException, InterruptedException {
        Path image = TestImages.disk(directory);
        Path file = make(format, image);
        List<String> names = Tools.run("tar", "-tf", file);
        assertEquals(List.of("hello.ovf", "hello.mf", "hello-disk1.vmdk"), names);
        Tools.run("tar", "-xf", file, "-C", directory);
        for (String name : List.of("hello.ovf", "hello-disk1.vmdk")) {
            Path member = directory.resolve(name);
            String sum = Tools.run("sha256sum", member).getFirst().split(" ")[0];
            String manifest = Files.readString(directory.resolve("hello.mf"));
            assertTrue(manifest.contains("SHA256(" + name + ")= " + sum + "\n"), manifest);
        }
        Path back = directory.resolve("back.raw");
        Path disk = directory.resolve("hello-disk1.vmdk");
        Tools.run("qemu-img", "convert", "-f", "vmdk", "-O", "raw", disk, back);
        assertSame(image, back);
    }

    @Test
    void xvaImgPutsTheDiskTogether() throws IOException, InterruptedException {
        Path image = TestImages.disk(directory);
        Path file = make(OutputFormat.XVA, image);
        Path unpacked = Files.createDirectory(directory.resolve("xva"));
        Path back = directory.resolve("back.raw");
        Tools.run("tar", "-xf", file, "-C", unpacked);
        Tools.run("xva-img", "-p", "disk-export", unpacked.resolve("Ref:2"), back);
        assertSame(image, back);
    }

    @Test
    void theTemplateHoldsConfigurationAndDisk() throws IOException, InterruptedException {
        Path image = TestImages.disk(directory);
        Path file = make(OutputFormat.ORACLE_VM, image);
        Tools.run("tar", "-xzf", file, "-C", directory);
        assertSame(image, directory.resolve("hello/System.img"));
        Path configuration = directory.resolve("hello/vm.cfg");
        String disk =
                run("python3", "-c", "exec(open('" + configuration + "').read()); print(disk)");
        assertEquals("['file:System.img,hda,w']", disk);
    }

    @Test
    void libvirtsSchemaTakesDomains() throws IOException, InterruptedException {
        Path disk = make(OutputFormat.LIBVIRT, TestImages.disk(directory));
        assertTrue(run("virt-xml-validate", disk, "domain").contains("validates"));
        Path vmware = directory.resolve("app-vmware.img");
        ImageWriter.of(Target.VMWARE).write(TestObjects.image(Target.VMWARE), vmware);
        Path other = make(OutputFormat.LIBVIRT, vmware);
        assertTrue(run("virt-xml-validate", other, "domain").contains("validates"));
        Path kernel = make(OutputFormat.LIBVIRT, TestImages.kernel(directory));
        assertTrue(run("virt-xml-validate", kernel, "domain").contains("validates"));
    }

    @Test
    void skopeoReadsTheImage() throws IOException, InterruptedException {
        Path file = make(OutputFormat.CONTAINER_DISK, TestImages.disk(directory));
        String facts = run("skopeo", "inspect", "oci-archive:" + file);
        assertTrue(facts.contains("\"Architecture\": \"amd64\""), facts);
        Path copy = directory.resolve("copy");
        Tools.run("skopeo", "copy", "-q", "oci-archive:" + file, "dir:" + copy);
    }

    @Test
    void theLayerHasTheDiskForKubeVirtsUser() throws IOException, InterruptedException {
        Path image = TestImages.disk(directory);
        Path layout = directory.resolve("layout");
        Conversion.convert(image, OutputFormat.CONTAINER_DISK, layout);
        Path layer = largest(layout.resolve("blobs/sha256"));
        String sum = Tools.run("sha256sum", layer).getFirst().split(" ")[0];
        assertEquals(layer.getFileName().toString(), sum);
        String listing = run("tar", "--numeric-owner", "-tvzf", layer);
        assertTrue(
                listing.matches("(?s)drwx.* 107/107 .* disk/\n-rw-.* 107/107 .*\\.img"), listing);
        Tools.run("tar", "-xzf", layer, "-C", directory, "--no-same-owner");
        assertSame(image, directory.resolve("disk/layout.img"));
    }

    @Test
    void umociUnpacksTheDisk() throws IOException, InterruptedException {
        Path image = TestImages.disk(directory);
        Path layout = directory.resolve("layout");
        Conversion.convert(image, OutputFormat.CONTAINER_DISK, layout);
        Path bundle = directory.resolve("bundle");
        Tools.run("umoci", "unpack", "--rootless", "--image", layout + ":latest", bundle);
        assertSame(image, bundle.resolve("rootfs/disk/layout.img"));
    }

    /** It says what machine it would make. */
    @ParameterizedTest
    @CsvSource({"OVA, ova", "VMX, vmx"})
    void virtV2vReadsTheMachine(OutputFormat format, String mode)
            throws IOException, InterruptedException {
        Path image = directory.resolve("app-vmware.img");
        ImageWriter.of(Target.VMWARE).write(TestObjects.image(Target.VMWARE), image);
        String source = run("virt-v2v", "-i", mode, make(format, image), "--print-source");
        assertTrue(source.contains("source name: hello\n"), source);
        assertTrue(source.contains("0 [scsi]\n"), source);
        assertTrue(source.contains("[vmxnet3]"), source);
    }

    private static Path largest(Path blobs) throws IOException {
        try (var files = Files.list(blobs)) {
            return files.max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    private Path make(OutputFormat format, Path image) {
        Path file = format.beside(directory.resolve("hello"));
        Conversion.convert(image, format, file);
        return file;
    }

    private static String run(String tool, Object... arguments)
            throws IOException, InterruptedException {
        return String.join("\n", Tools.run(tool, arguments));
    }

    private static void assertSame(Path expected, Path found) throws IOException {
        assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(found));
    }
}
