package dev.cortado.runtime.configuration.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.mount.Disk;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.partition.ByteStorage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Media that genisoimage, xorriso and mtools have made. */
final class DiskSourceTest {
    private static final int SECTOR = 512;
    private static final int FIRST_PARTITION = 2048;

    /** Behind the descriptors, directories and files of a small CD. */
    private static final int DAMAGED_END = 0x8000 + 32 * 2048;

    @TempDir Path directory;

    private final List<String> problems = new ArrayList<>();

    private Path file(String name, String content) throws IOException {
        Path file = directory.resolve("files").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private void noCloudFiles() throws IOException {
        file("meta-data", "instance-id: one\n");
        file("user-data", "#cloud-config\ncortado: {arguments: [a, b]}\n");
        file("network-config", "{version: 2, ethernets: {eth0: {dhcp4: true}}}\n");
    }

    private byte[] medium(String tool, String label) throws IOException {
        Path image = directory.resolve("image");
        Path files = directory.resolve("files");
        switch (tool) {
            case "genisoimage" ->
                    HostTools.output(tool, "-V", label, "-R", "-J", "-o", image, files);
            case "genisoimage -J" ->
                    HostTools.output("genisoimage", "-V", label, "-J", "-o", image, files);
            case "xorriso" ->
                    HostTools.output(tool, "-as", "mkisofs", "-V", label, "-r", "-o", image, files);
            default -> {
                try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                    file.setLength(1 << 20);
                }
                HostTools.output("mkfs.fat", "-n", label, image);
                for (String name : new String[] {"meta-data", "user-data", "network-config"}) {
                    HostTools.output("mcopy", "-i", image, files.resolve(name), "::");
                }
            }
        }
        return Files.readAllBytes(image);
    }

    private List<BootConfiguration> read(MediumForm form, byte[]... disks) {
        List<Disk> all = new ArrayList<>();
        for (byte[] disk : disks) {
            String name = "vd" + (char) ('a' + all.size());
            all.add(new Disk(new ByteStorage(name, disk, SECTOR), ""));
        }
        return new DiskSource(form, problems::add).read(all, problems::add);
    }

    @ParameterizedTest
    @CsvSource({
        "genisoimage, cidata",
        "genisoimage -J, cidata",
        "genisoimage, CIDATA",
        "xorriso, cidata",
        "mkfs.fat, CIDATA",
    })
    void noCloudIsFoundByItsLabel(String tool, String label) throws IOException {
        noCloudFiles();
        byte[] medium = medium(tool, label);
        List<BootConfiguration> found = read(new NoCloudForm(), new byte[1 << 20], medium);
        assertEquals(1, found.size(), problems::toString);
        assertEquals("NoCloud of vdb", found.getFirst().source());
        assertEquals(List.of("a", "b"), found.getFirst().arguments());
        assertEquals("[eth0:dhcp]", found.getFirst().interfaces().toString());
        assertEquals(List.of(), problems);
        assertEquals(List.of(), read(new ConfigDriveForm(), medium));
        assertEquals(List.of(), read(new OvfForm(), medium));
    }

    /** Windows writes a FAT's label into its root directory only, where it counts. */
    @Test
    void theLabelOfAFatIsInItsRootDirectory() throws IOException {
        noCloudFiles();
        byte[] medium = medium("mkfs.fat", "CIDATA");
        System.arraycopy("NO NAME    ".getBytes(StandardCharsets.US_ASCII), 0, medium, 43, 11);
        assertEquals("NoCloud of vda", read(new NoCloudForm(), medium).getFirst().source());
    }

    @Test
    void aConfigDriveIsFoundByItsLabel() throws IOException {
        file("openstack/latest/meta_data.json", "{\"meta\": {\"role\": \"web\"}}");
        List<BootConfiguration> found =
                read(new ConfigDriveForm(), medium("genisoimage", "config-2"));
        assertEquals(Map.of("role", "web"), found.getFirst().properties());
        assertEquals("ConfigDrive of vda", found.getFirst().source());
    }

    @Test
    void ovfIsOnAnyMedium() throws IOException {
        file(
                "ovf-env.xml",
                "<Environment xmlns='http://schemas.dmtf.org/ovf/environment/1' xmlns:e="
                        + "'http://schemas.dmtf.org/ovf/environment/1'><PropertySection>"
                        + "<Property e:key='a' e:value='b'/></PropertySection></Environment>");
        List<BootConfiguration> found = read(new OvfForm(), medium("genisoimage", "OVF ENV"));
        assertEquals(Map.of("a", "b"), found.getFirst().properties());
        assertEquals(List.of(), problems);
    }

    @Test
    void aPartitionIsAMediumToo() throws IOException {
        noCloudFiles();
        byte[] medium = medium("mkfs.fat", "cidata");
        ByteBuffer disk = ByteBuffer.allocate(FIRST_PARTITION * SECTOR + medium.length);
        disk.order(ByteOrder.LITTLE_ENDIAN);
        disk.put(446 + 4, (byte) 0x0c);
        disk.putInt(446 + 8, FIRST_PARTITION).putInt(446 + 12, medium.length / SECTOR);
        disk.putShort(510, (short) 0xaa55);
        disk.put(FIRST_PARTITION * SECTOR, medium);
        List<BootConfiguration> found = read(new NoCloudForm(), disk.array());
        assertEquals("NoCloud of vda1", found.getFirst().source());
    }

    @Test
    void aPartitionThatCannotBeReadLeavesTheOthers() throws IOException {
        noCloudFiles();
        byte[] medium = medium("mkfs.fat", "cidata");
        int second = FIRST_PARTITION + 2048;
        ByteBuffer disk = ByteBuffer.allocate(second * SECTOR + medium.length);
        disk.order(ByteOrder.LITTLE_ENDIAN);
        disk.put(446 + 4, (byte) 0x83);
        disk.putInt(446 + 8, FIRST_PARTITION).putInt(446 + 12, 2048);
        disk.put(462 + 4, (byte) 0x0c);
        disk.putInt(462 + 8, second).putInt(462 + 12, medium.length / SECTOR);
        disk.putShort(510, (short) 0xaa55);
        disk.put(second * SECTOR, medium);
        ByteStorage whole = new ByteStorage("vda", disk.array(), SECTOR);
        InvocationHandler broken =
                (proxy, method, arguments) -> {
                    if (method.getName().equals("read")
                            && (long) arguments[0] >= FIRST_PARTITION * SECTOR
                            && (long) arguments[0] < second * SECTOR) {
                        throw new FileException(Errno.EIO);
                    }
                    return method.invoke(whole, arguments);
                };
        Class<?>[] storage = {Storage.class};
        Storage damaged =
                (Storage) Proxy.newProxyInstance(getClass().getClassLoader(), storage, broken);
        List<BootConfiguration> found =
                new DiskSource(new NoCloudForm(), problems::add)
                        .read(List.of(new Disk(damaged, "")), problems::add);
        assertEquals("NoCloud of vda2", found.getFirst().source());
        assertEquals(List.of("vda1 cannot be read: Input/output error"), problems);
    }

    @Test
    void whateverAMediumHasTheStartGoesOn() throws IOException {
        noCloudFiles();
        byte[] medium = medium("genisoimage", "cidata");
        Random random = new Random(12);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = medium.clone();
            for (int i = 0; i < 400; i++) {
                damaged[random.nextInt(0x8000, DAMAGED_END)] = (byte) random.nextInt();
            }
            read(new NoCloudForm(), damaged);
        }
        assertTrue(problems.size() > 100, "problems: " + problems.size());
        for (String problem : problems) {
            assertEquals(1, problem.lines().count());
            assertTrue(
                    problem.startsWith("NoCloud of vda: ") || problem.startsWith("vda "), problem);
        }
    }
}
