package dev.cortado.image.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as users write them, and as QEMU and the guest are told. */
class ShareRequestTest {
    @TempDir Path directory;
    private Path source;

    @BeforeEach
    void makeFolder() throws IOException {
        directory = directory.toRealPath();
        source = Files.createDirectory(directory.resolve("src"));
    }

    @Test
    void aFolderHasAPlaceInTheGuest() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a,b:c"));
        ShareRequest request =
                ShareRequest.of(
                        List.of(
                                source.toString(),
                                source + ":/app/src,ro",
                                source + ",ro",
                                odd + ":/odd"));
        assertEquals(
                List.of(
                        new SharedFolder(source, "/src", false, ShareKind.NINEP),
                        new SharedFolder(source, "/app/src", true, ShareKind.NINEP),
                        new SharedFolder(source, "/src", true, ShareKind.NINEP),
                        new SharedFolder(odd, "/odd", false, ShareKind.NINEP)),
                request.folders());
        assertEquals(
                List.of(
                        "/src=share0:9p",
                        "/app/src=share1:9p,ro",
                        "/src=share2:9p,ro",
                        "/odd=share3:9p"),
                request.mounts());
    }

    @Test
    void whatCannotBeSharedSaysWhy() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a=b"));
        assertRefused(
                "--share nowhere:/x: there is no folder \"nowhere\"; write a folder, and behind a"
                        + " colon where the guest has it, such as src:/src or src:/src,ro",
                "nowhere:/x");
        assertRefused(
                "--share %s:/: / is no path that it could have in the guest; write for example --share %s:/src"
                        .formatted(source, source),
                source + ":/");
        assertRefused(
                "--share %s: /a=b is no path that it could have in the guest; write for example --share %s:/src"
                        .formatted(odd, odd),
                odd.toString());
    }

    @Test
    void aPlaceIsAPathWithoutDots() {
        for (String place : List.of("/..", "/.", "/a/../b", "/a/./", "/", "//")) {
            assertRefused(
                    "--share %s:%s: %s is no path that it could have in the guest; write for example --share %s:/src"
                            .formatted(source, place, place, source),
                    source + ":" + place);
        }
        assertRefused(
                "--share /: / is no path that it could have in the guest; write for example --share"
                        + " /:/src",
                "/");
        for (String place : List.of("/.a", "/...", "/a..", "//a//b//", "/a b\"'")) {
            ShareRequest request = ShareRequest.of(List.of(source + ":" + place));
            assertEquals(place, request.folders().getFirst().place());
        }
    }

    private static void assertRefused(String message, String word) {
        UserError e = assertThrows(UserError.class, () -> ShareRequest.of(List.of(word)));
        assertEquals(message, e.getMessage());
    }

    @Test
    void qemuIsTold() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a,b"));
        ShareRequest request = ShareRequest.of(List.of(source.toString(), odd + ":/odd,ro"));
        String path = directory.toString();
        assertEquals(
                List.of(
                        "-fsdev",
                        "local,id=share0,security_model=none,multidevs=remap,path=" + path + "/src",
                        "-device",
                        "virtio-9p-pci,fsdev=share0,mount_tag=share0",
                        "-fsdev",
                        "local,id=share1,security_model=none,multidevs=remap,readonly=on,path="
                                + path
                                + "/a,,b",
                        "-device",
                        "virtio-9p-pci,fsdev=share1,mount_tag=share1"),
                QemuShares.options(request, "64M", directory, false, 3));
        assertEquals(List.of(), QemuShares.kernelWords(request, false, 3));
        List<String> options = QemuShares.options(request, "64M", directory, true, 3);
        assertEquals("virtio-mmio.force-legacy=false", options.get(1));
        assertEquals(
                "virtio-9p-device,bus=virtio-mmio-bus.4,fsdev=share1,mount_tag=share1",
                options.getLast());
        assertEquals(
                List.of(
                        "virtio_mmio.device=512@0xfeb00600:19",
                        "virtio_mmio.device=512@0xfeb00800:20"),
                QemuShares.kernelWords(request, true, 3));
        assertEquals(List.of(), QemuShares.options(ShareRequest.NONE, "64M", directory, true, 9));
        UserError e =
                assertThrows(
                        UserError.class,
                        () -> QemuShares.options(request, "64M", directory, true, 7));
        assertEquals(
                "--share: this machine has room for 1 folders, not 2; take --machine q35",
                e.getMessage());
    }

    @Test
    void aServerIsToldOfThoseThatAreNotQemusOwn() {
        ShareRequest request =
                ShareRequest.of(
                        List.of(
                                source + ":/a",
                                source + ":/b,virtiofs",
                                source + ":/c,ro,virtiofs",
                                source + ":/d,virtiofs,ro"));
        assertEquals(
                List.of(
                        "/a=share0:9p",
                        "/b=share1:virtiofs",
                        "/c=share2:virtiofs,ro",
                        "/d=share3:virtiofs,ro"),
                request.mounts());
        List<String> options = QemuShares.options(request, "64M", directory, false, 0);
        assertEquals(
                List.of("-object", "memory-backend-memfd,id=memory,share=on,size=64M"),
                options.subList(0, 2));
        assertEquals(
                List.of(
                        "-chardev",
                        "socket,id=share1,path=" + directory + "/share1",
                        "-device",
                        "vhost-user-fs-pci,chardev=share1,tag=share1"),
                options.subList(6, 10));
        assertEquals(
                "vhost-user-fs-device,bus=virtio-mmio-bus.4,chardev=share3,tag=share3",
                QemuShares.options(request, "64M", directory, true, 1).getLast());
        assertEquals(",memory-backend=memory", QemuShares.machine(request));
        assertEquals("", QemuShares.machine(ShareRequest.of(List.of(source.toString()))));
    }

    @Test
    void virtiofsdHasAFolderAndASocket() {
        Path program = Path.of("/usr/libexec/virtiofsd");
        List<String> command = Virtiofsd.command(program, source, directory.resolve("share0"));
        assertEquals(program.toString(), command.getFirst());
        assertTrue(command.contains("--socket-path=" + directory + "/share0"));
        assertTrue(command.contains("source=" + source));
        UserError e =
                assertThrows(
                        UserError.class,
                        () -> Virtiofsd.command(program, Path.of("/a,b"), directory));
        assertEquals(
                "--share /a,b: virtiofsd takes no folder with a comma or a backslash in its path",
                e.getMessage());
    }

    /** Others may have sockets whose names are any bytes. */
    @Test
    void aSocketIsFoundBesideThoseOfOthers() throws IOException {
        Path socket = Path.of("/tmp/caf\u00e9 1/share0");
        String mine = "0000000000000000: 00000002 00000000 00010000 0001 01 77 " + socket + "\n";
        String other = "0000000000000000: 00000002 00000000 00000000 0001 01 78 @\377\376\n";
        String odd =
                "0000000000000000: 00000002 00000000 00010000 0001 01 79 @a\n " + socket + "\n";
        ByteArrayOutputStream sockets = new ByteArrayOutputStream();
        sockets.writeBytes(other.getBytes(StandardCharsets.ISO_8859_1));
        sockets.writeBytes(odd.getBytes());
        assertFalse(Virtiofsd.isListening(sockets.toByteArray(), socket));
        sockets.writeBytes(mine.replace("00010000", "00000000").getBytes());
        assertFalse(Virtiofsd.isListening(sockets.toByteArray(), socket), "nobody listens yet");
        sockets.writeBytes(mine.getBytes());
        assertTrue(Virtiofsd.isListening(sockets.toByteArray(), socket));
    }
}
