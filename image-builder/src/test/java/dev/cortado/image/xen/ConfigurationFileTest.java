package dev.cortado.image.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.TestObjects;
import dev.cortado.image.image.ImageWriter;
import dev.cortado.image.xen.ConfigurationFile.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    @TempDir Path directory;

    @Test
    void namesKernelAndType() throws IOException {
        String text = write(Target.XEN_PVH, "hello-xen-pvh.elf");
        assertTrue(text.contains("\n# In this directory:  xl create -c hello-xen-pvh.cfg\n"), text);
        assertTrue(text.contains("\nname = \"hello-xen-pvh\"\ntype = \"pvh\"\n"), text);
        assertTrue(text.contains("\nkernel = \"" + directory + "/hello-xen-pvh.elf\"\n"), text);
        assertTrue(text.contains("\nmemory = 128\nvcpus = 1\n"), text);
        assertTrue(text.contains("\non_crash = \"destroy\"\n"), text);
        assertTrue(text.contains("\n#cmdline = "), text);
        assertTrue(text.contains("\n#vif = [ \"bridge=xenbr0\" ]\n"), text);
        assertFalse(text.contains("disk"), text);
        String pv = write(Target.XEN_PV, "hello-xen-pv.elf");
        assertTrue(pv.contains("\ntype = \"pv\"\n"), pv);
    }

    @Test
    void namesTheDiskOfAnHvmDomain() throws IOException {
        String text = write(Target.XEN_HVM, "hello-xen-hvm.img");
        assertTrue(
                text.contains(
                        "\ndisk = [ \"format=raw, vdev=hda, access=rw, target="
                                + directory
                                + "/hello-xen-hvm.img\" ]\n"),
                text);
        assertTrue(text.contains("xl console -t pv hello-xen-hvm\n"), text);
        assertTrue(text.contains("dd of=hello-xen-hvm.img bs=512 seek=72 conv=notrunc\n"), text);
        assertTrue(text.contains("\n#vif = [ \"bridge=xenbr0,type=vif\" ]\n"), text);
        assertFalse(text.contains("kernel ="), text);
        assertFalse(text.contains("cmdline"), text);
    }

    @Test
    void quotesOddNames() throws IOException {
        String text = write(Target.XEN_PVH, "it's \"a\\b\".elf");
        assertTrue(text.contains("name = \"it's \\\"a\\\\b\\\"\""), text);
    }

    @Test
    void isReplacedOnlyWhileNobodyHasChangedIt() throws IOException {
        String first = write(Target.XEN_PVH, "x.elf");
        Path image = directory.resolve("x.elf");
        Path file = directory.resolve("x.cfg");
        assertEquals(Outcome.UNCHANGED, ConfigurationFile.write(image, Target.XEN_PVH));
        assertEquals(Outcome.WRITTEN, ConfigurationFile.write(image, Target.XEN_PV));
        assertTrue(Files.readString(file).contains("\"pv\""));
        for (String other :
                new String[] {
                    first.replace("vcpus = 1", "vcpus = 2"), first + "# mine\n", "name = 'x'\n", ""
                }) {
            Files.writeString(file, other);
            assertEquals(Outcome.KEPT, ConfigurationFile.write(image, Target.XEN_PV), other);
            assertEquals(other, Files.readString(file));
        }
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertEquals(Outcome.KEPT, ConfigurationFile.write(image, Target.XEN_PV));
        Files.delete(file);
        assertEquals(Outcome.WRITTEN, ConfigurationFile.write(image, Target.XEN_PVH));
        assertEquals(first, Files.readString(file));
    }

    private String write(Target target, String name) throws IOException {
        Path image = directory.resolve(name);
        ImageWriter.of(target).write(TestObjects.image(target), image);
        assertEquals(Outcome.WRITTEN, ConfigurationFile.write(image, target));
        return Files.readString(ConfigurationFile.beside(image));
    }
}
