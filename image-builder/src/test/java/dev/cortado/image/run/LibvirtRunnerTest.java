package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.TestObjects;
import dev.cortado.image.UserError;
import dev.cortado.image.compile.FakeJdk;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageWriter;
import dev.cortado.image.share.ShareRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a shell script for {@code virsh}, which starts nothing: what a domain does, LibvirtIT sees.
 */
@Timeout(60)
class LibvirtRunnerTest {
    private static final String VIRSH =
            """
            cd '%s'
            echo "$*" >> calls
            [ "$2" = --connect ] && shift 2
            case "$2" in
            uri) cat uri ;;
            define) cp "$3" domain.xml; cp "$(dirname "$3")/disk.img" . 2>/dev/null; true ;;
            start) echo 'error: Failed to start domain'; cat reason; exit 1 ;;
            esac
            """;

    @TempDir Path directory;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Path image;
    private Path state;
    private String path;

    @BeforeEach
    void prepare() throws IOException {
        state = Files.createDirectory(directory.resolve("state"));
        Path programs = Files.createDirectory(directory.resolve("bin"));
        path = programs + ":/usr/bin:/bin";
        FakeJdk.executable(programs.resolve("virsh"), VIRSH.formatted(state));
        Files.writeString(state.resolve("uri"), "qemu:///system\n");
        Files.writeString(state.resolve("reason"), "error: no memory\n");
        image = directory.resolve("hello.elf");
        ImageWriter.of(Target.QEMU).write(TestObjects.image(), image);
    }

    @Test
    void saysWhyADomainDoesNotStartAndForgetsIt() throws IOException {
        assertMessage(
                request(),
                "libvirt cannot start the domain: error: Failed to start domain; error: no memory");
        List<String> calls = Files.readAllLines(state.resolve("calls"));
        assertEquals("--quiet uri", calls.getFirst());
        assertTrue(calls.get(1).startsWith("--quiet define /"), calls.toString());
        String name = calls.get(2).replaceFirst("--quiet start ", "");
        assertTrue(name.matches("cortado-\\d+-hello.elf"), name);
        assertEquals("--quiet destroy " + name, calls.get(3));
        assertEquals("--quiet undefine " + name + " --nvram", calls.get(4));
        Path description = Path.of(calls.get(1).replaceFirst("--quiet define ", ""));
        assertFalse(Files.exists(description.getParent()), "nothing is left");
        Files.writeString(state.resolve("reason"), "error: Permission denied\n");
        assertMessage(request(), "QEMU runs as another user", "--connect qemu:///session");
    }

    /** libvirt may have heard it. */
    @Test
    void forgetsADomainAlsoIfNobodySaysThatItIsDefined() throws IOException {
        Path virsh = directory.resolve("bin/virsh");
        FakeJdk.executable(
                virsh, VIRSH.formatted(state).replace("define) cp", "define) kill $$; cp"));
        assertMessage(request(), "libvirt cannot define the domain: exit code 143");
        List<String> calls = Files.readAllLines(state.resolve("calls"));
        assertTrue(calls.getLast().startsWith("--quiet undefine cortado-"), calls.toString());
        FakeJdk.executable(
                virsh, VIRSH.formatted(state).replace("define) cp", "define) exit 1; cp"));
        assertMessage(request(), "libvirt cannot define the domain: exit code 1");
        calls = Files.readAllLines(state.resolve("calls"));
        assertTrue(calls.getLast().startsWith("--quiet define "), calls.toString());
    }

    @Test
    void describesTheDomain() throws IOException {
        assertMessage(
                request()
                        .memory(MemorySize.parse("1G"))
                        .cpus(3)
                        .machine(MachineType.PC)
                        .accelerator(Accelerator.TCG)
                        .connection("qemu:///session")
                        .arguments(List.of("a<b", "-Dc=d", "e\r\nf\tg")),
                "cannot start");
        String domain = Files.readString(state.resolve("domain.xml"));
        for (String part :
                List.of(
                        "<domain type=\"qemu\">",
                        "<memory unit=\"MiB\">1024</memory>",
                        "<vcpu>3</vcpu>",
                        "machine=\"pc\">hvm",
                        "<kernel>" + image + "</kernel>",
                        "<cmdline>cortado.console=framed -- a&lt;b -Dc=d"
                                + " &quot;e&#13;&#10;f&#9;g&quot;</cmdline>",
                        "<cpu mode=\"maximum\"/>",
                        "<on_reboot>destroy</on_reboot>",
                        "iobase=\"0xe9\"")) {
            assertTrue(domain.contains(part), part + " in " + domain);
        }
        assertFalse(domain.contains("<interface"), "its program uses no network");
        List<String> calls = Files.readAllLines(state.resolve("calls"));
        assertEquals("--quiet --connect qemu:///session uri", calls.getFirst());
        assertValid();
    }

    @Test
    void aDiskIsCopiedAndHasTheArgumentsOnIt() throws IOException {
        Path disk = directory.resolve("hello-bare.img");
        ImageWriter.of(Target.BARE).write(TestObjects.image(Target.BARE), disk);
        RunRequest.Builder request = RunRequest.of(disk).arguments(List.of("-Dc=d"));
        assertMessage(request.accelerator(Accelerator.KVM), "cannot start");
        Path copy = state.resolve("disk.img");
        assertEquals(
                Optional.of("cortado.console=framed -- -Dc=d"), ImageFile.read(copy).commandLine());
        String domain = Files.readString(state.resolve("domain.xml"));
        assertTrue(domain.contains("<domain type=\"kvm\">"), domain);
        assertTrue(domain.contains("<target dev=\"vda\" bus=\"virtio\"/>"), domain);
        assertFalse(domain.contains(disk.toString()), domain);
        assertValid();
    }

    @Test
    void aDiskOnIdeHasAMachineWithIde() throws IOException {
        Path disk = directory.resolve("hello-hyperv.img");
        ImageWriter.of(Target.HYPERV).write(TestObjects.image(Target.HYPERV), disk);
        assertMessage(RunRequest.of(disk).accelerator(Accelerator.KVM), "cannot start");
        String domain = Files.readString(state.resolve("domain.xml"));
        assertTrue(domain.contains("<target dev=\"hda\" bus=\"ide\"/>"), domain);
        assertTrue(domain.contains(" machine=\"pc\">hvm"), domain);
        assertValid();
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Files.writeString(state.resolve("uri"), "xen:///system\n");
        assertMessage(request(), "at xen:///system has no QEMU", "--connect qemu:///system");
        Files.writeString(state.resolve("uri"), "qemu+ssh://elsewhere/system\n");
        assertMessage(request(), "has no QEMU of this machine's");
        Path virsh = directory.resolve("bin/virsh");
        FakeJdk.executable(virsh, "echo 'error: failed to connect'; exit 1");
        assertMessage(request(), "does not answer (error: failed to connect): start it");
        path = "/nowhere";
        assertMessage(request(), "virsh is not on PATH: install libvirt");
    }

    @Test
    void saysWhatIsWrongWithTheRequest() throws IOException {
        assertMessage(request().machine(MachineType.MICROVM), "--machine microvm is none");
        assertMessage(request().gdb(1234), "--gdb is for QEMU");
        ShareRequest shares = ShareRequest.of(List.of(directory.toString()));
        assertMessage(request().shares(shares), "--share is for QEMU: leave it out");
        assertMessage(request().arguments(List.of("a\u001bb")), "has a control character in it");
        assertMessage(request().cpus(0), "--cpus must be at least 1");
        assertMessage(request().firmware(FirmwareName.UEFI), "--firmware is for disks");
        assertMessage(
                request().arguments(List.of("x".repeat(5000))),
                "the arguments and variables (--env) have");
        ImageWriter.of(Target.XEN_PVH).write(TestObjects.image(Target.XEN_PVH), image);
        assertMessage(request(), "is for xen-pvh: run it with --on xen");
        UserError error =
                assertThrows(
                        UserError.class,
                        () -> new QemuRunner().run(request().connection("x").build()));
        assertTrue(error.getMessage().contains("is for xen-pvh"), error.getMessage());
        ImageWriter.of(Target.QEMU).write(TestObjects.image(), image);
        UserError other =
                assertThrows(
                        UserError.class,
                        () -> new QemuRunner().run(request().connection("x").build()));
        assertTrue(other.getMessage().contains("--connect is for libvirt"), other.getMessage());
    }

    private void assertValid() throws IOException {
        Optional<Path> validator = Programs.find(System.getenv("PATH"), "virt-xml-validate");
        if (validator.isEmpty()) {
            return;
        }
        try {
            Process process =
                    new ProcessBuilder(
                                    validator.get().toString(),
                                    state.resolve("domain.xml").toString(),
                                    "domain")
                            .redirectErrorStream(true)
                            .start();
            String said = new String(process.getInputStream().readAllBytes());
            assertEquals(0, process.waitFor(), said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private RunRequest.Builder request() {
        return RunRequest.of(image);
    }

    private void assertMessage(RunRequest.Builder wrong, String... parts) {
        LibvirtRunner runner =
                new LibvirtRunner(
                        Map.of("PATH", path, "XDG_CACHE_HOME", directory.toString()),
                        new StandardStreams(
                                new SharedInput(new ByteArrayInputStream(new byte[0])),
                                new PrintStream(output),
                                new PrintStream(output)));
        UserError error = assertThrows(UserError.class, () -> runner.run(wrong.build()));
        assertEquals(1, error.getMessage().lines().count(), error.getMessage());
        for (String part : parts) {
            assertTrue(error.getMessage().contains(part), error.getMessage());
        }
    }
}
