package dev.cortado.image.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What QEMU, xl and the compiler are told. */
class DiskWordsTest {
    @TempDir Path directory;
    private Path first;
    private Path second;

    @BeforeEach
    void makeDisks() throws IOException {
        first = Files.createFile(directory.resolve("a,b.img"));
        second = directory.resolve("c.qcow2");
        EmptyDisk.create(second, DiskFormat.QCOW2, 1 << 20);
    }

    private DiskRequest request() {
        return new DiskRequest(
                List.of(
                        new DiskFile(first, Optional.empty(), true, Optional.empty()),
                        DiskFile.parse(second + ",serial=S-1")),
                List.of());
    }

    private List<String> drives() {
        return List.of(
                "if=none,id=disk0,format=raw,discard=unmap,readonly=on,file="
                        + directory.resolve("a,,b.img"),
                "if=none,id=disk1,format=qcow2,discard=unmap,file=" + second);
    }

    @Test
    void onPciTheyStandInTheirOrder() {
        assertEquals(
                List.of(
                        "-drive",
                        drives().get(0),
                        "-device",
                        "virtio-blk-pci,drive=disk0",
                        "-drive",
                        drives().get(1),
                        "-device",
                        "virtio-blk-pci,drive=disk1,serial=S-1"),
                QemuDisks.options(request(), false, 0));
        assertEquals(List.of(), QemuDisks.kernelWords(request(), false, 0));
    }

    /** QEMU takes what is before a colon for a protocol, unless a slash comes first. */
    @Test
    void pathsAreAbsolute() {
        Path file = Path.of("").toAbsolutePath().relativize(second);
        DiskRequest relative = DiskRequest.of(List.of(file.toString()), List.of());
        String drive = QemuDisks.options(relative, false, 0).get(1);
        assertTrue(drive.endsWith(",file=" + file.toAbsolutePath()), drive);
    }

    @Test
    void withoutPciTheGuestIsToldWhereTheyAre() {
        assertEquals(
                List.of(
                        "-global",
                        "virtio-mmio.force-legacy=false",
                        "-drive",
                        drives().get(0),
                        "-device",
                        "virtio-blk-device,bus=virtio-mmio-bus.1,drive=disk0",
                        "-drive",
                        drives().get(1),
                        "-device",
                        "virtio-blk-device,bus=virtio-mmio-bus.2,drive=disk1,serial=S-1"),
                QemuDisks.options(request(), true, 1));
        assertEquals(
                List.of(
                        "virtio_mmio.device=512@0xfeb00200:17",
                        "virtio_mmio.device=512@0xfeb00400:18"),
                QemuDisks.kernelWords(request(), true, 1));
        assertEquals(List.of(), QemuDisks.options(DiskRequest.NONE, true, 1));
    }

    @Test
    void thereIsNoRoomForMoreThanSomeOnMicrovm() {
        DiskFile disk = DiskFile.parse(second.toString());
        DiskRequest eight = new DiskRequest(Collections.nCopies(8, disk), List.of());
        assertEquals(2 + 8 * 4, QemuDisks.options(eight, true, 0).size());
        UserError e = assertThrows(UserError.class, () -> QemuDisks.options(eight, true, 1));
        assertEquals(
                "--disk: this machine has room for 7 disks, not 8; take --machine q35",
                e.getMessage());
    }

    @Test
    void xlHasNamesForThem() {
        DiskRequest plain = new DiskRequest(request().disks().subList(0, 1), List.of());
        assertEquals(
                List.of("format=raw, vdev=xvdb, access=ro, target=" + first),
                XenDisks.specifications(plain, 1));
        UserError e = assertThrows(UserError.class, () -> XenDisks.specifications(request(), 0));
        assertEquals(
                "--disk "
                        + second
                        + ": on Xen, a disk has no serial number; find it by its name, such as"
                        + " xvda",
                e.getMessage());
    }

    @Test
    void theCompilerIsToldOfMounts() {
        Map<String, String> others = Map.of("a", "b");
        assertEquals(others, BuiltMounts.addTo(others, List.of(), false));
        assertEquals(
                Map.of("a", "b", "cortado.disks", "true", "cortado.disks.any", "true"),
                BuiltMounts.addTo(others, List.of(), true));
        assertEquals(
                Map.of(
                        "cortado.disks",
                        "true",
                        "cortado.mount.0",
                        "/data=label=my disk:ext4,ro",
                        "cortado.mount.1",
                        "/t=:tmpfs"),
                BuiltMounts.addTo(
                        Map.of(), List.of("/data=label=my disk:ext4,ro", "/t=:tmpfs"), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/data", "/data=vdb", "data=vdb:ext4", "/data=vdb,ro:ext4", "vdb"})
    void whatIsNoMountIsRefused(String mount) {
        UserError e =
                assertThrows(
                        UserError.class, () -> DiskRequest.of(List.of(), List.of("none", mount)));
        assertEquals(
                "--mount "
                        + mount
                        + ": write a path, a device and what is on it, such as /data=vdb:ext4",
                e.getMessage());
    }
}
