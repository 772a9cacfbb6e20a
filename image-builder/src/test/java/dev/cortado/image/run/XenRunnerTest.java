package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.TestObjects;
import dev.cortado.image.UserError;
import dev.cortado.image.compile.FakeJdk;
import dev.cortado.image.environment.EnvironmentVariables;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * With shell scripts for {@code xl} and {@code xenstore-read}: xl's domain runs once it is
 * unpaused, and its console is a pipe, which gives back what is typed.
 */
@Timeout(60)
class XenRunnerTest {
    /** The domain's life after unpause is in {@code domain}; its end is in {@code reason}. */
    private static final String XL =
            """
                    cd '%s'
                    echo "$*" >> calls
                    case "$1" in
                    list) exit 0 ;;
                    create)
                        exec 3<>tty # as the real one, it has no end before the domain has
            cp "$4" configuration
                        grep -o 'target=[^"]*' "$4" | cut -d= -f2 | xargs -r -I{} cp {} disk-copy
                        [ -e refuse ] && { echo 'libxl: error: no memory'; exit 1; }
                        echo "Parsing config from $4"
                        echo "Waiting for domain x (domid 7) to die [pid 1]"
                        while ! [ -s reason ]; do sleep 0.02; done # a file is there before it is written
                        echo "Domain 7 has shut down, reason code $(cat reason) 0x0"
                        echo "Action for shutdown reason code is preserve" ;;
                    unpause) [ "$2" = 7 ] || exit 1; sh domain > tty 2>/dev/null & ;;
                    domid) echo 7 ;;
                    destroy) touch destroyed; [ -s reason ] || echo 6 > reason ;;
                    esac
            """;

    private static final String XENSTORE_READ =
            """
            cd '%s'
            case "$1" in
            /local/domain/7/console/tty) echo "$PWD/tty" ;;
            /local/domain/7/data/cortado/exit-code) cat code 2>/dev/null ;;
            *) exit 1 ;;
            esac
            """;

    @TempDir Path directory;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private Path image;
    private Path state;
    private RunRequest.Builder request;

    @BeforeEach
    void prepare() throws Exception {
        state = Files.createDirectory(directory.resolve("state"));
        Path programs = Files.createDirectory(directory.resolve("bin"));
        FakeJdk.executable(programs.resolve("xl"), XL.formatted(state));
        FakeJdk.executable(programs.resolve("xenstore-read"), XENSTORE_READ.formatted(state));
        assertEquals(0, new ProcessBuilder("mkfifo", state + "/tty").start().waitFor());
        file("sys/hypervisor/type", "xen\n");
        file("proc/xen/capabilities", "control_d\n");
        image = directory.resolve("hello-xen-pvh.elf");
        ImageWriter.of(Target.XEN_PVH).write(TestObjects.image(Target.XEN_PVH), image);
        request = request();
    }

    @Test
    void returnsTheGuestsExitCode() throws IOException {
        assertEquals(3, run("echo Hello; echo 3 > code; echo 0 > reason"));
        assertEquals("Hello\n", output.toString().replaceAll("hello|\20e", ""));
        assertEquals("", errors.toString());
        assertTrue(Files.exists(state.resolve("destroyed")));
    }

    @Test
    void passesInputOnAndMarksItsEnd() throws IOException {
        assertEquals(0, run("sleep 0.5; echo 0 > code; echo 0 > reason"));
        assertEquals("hello\20e", output.toString());
    }

    /** Xen's domain builder would cut it. */
    @Test
    void saysWhenAPvDomainsCommandLineIsTooLong() throws IOException {
        ImageWriter.of(Target.XEN_PV).write(TestObjects.image(Target.XEN_PV), image);
        RunRequest.Builder tooLong = request.arguments(List.of("x".repeat(1000)));
        assertMessage(
                runner(),
                tooLong,
                "the arguments and variables (--env) have 1,026 bytes",
                "room for 1,023");
    }

    @Test
    void tellsWhatBecameOfTheGuest() throws IOException {
        assertEquals(Hypervisor.PANIC, run("echo 3 > reason"));
        assertEquals(
                "cortado: the guest has crashed without telling its exit code\n",
                errors.toString());
        assertEquals(Hypervisor.DIED, runAgain("echo 5 > code; echo 1 > reason"));
        assertEquals(
                "cortado: the guest wants to be started again (exit code 5)\n", errors.toString());
        assertEquals(Hypervisor.DIED, runAgain("echo junk > code; echo 0 > reason"));
        assertEquals(
                "cortado: the guest has switched itself off without telling its exit code\n",
                errors.toString());
        assertEquals(Hypervisor.DIED, runAgain("echo 200 > reason"));
        assertTrue(errors.toString().contains("is gone"), errors.toString());
    }

    @Test
    void tellsXlWhatToRun() throws IOException {
        request =
                request.memory(MemorySize.parse("1G"))
                        .cpus(3)
                        .environment(EnvironmentVariables.of(Map.of("A", "'b' c")))
                        .arguments(List.of("a b", "-Dc=d\\e"));
        run("echo 0 > code; echo 0 > reason");
        List<String> configuration = Files.readAllLines(state.resolve("configuration"));
        assertTrue(configuration.contains("type = \"pvh\""), configuration.toString());
        assertTrue(configuration.contains("kernel = \"" + image + "\""));
        assertTrue(configuration.contains("memory = 1024"));
        assertTrue(configuration.contains("vcpus = 3"));
        assertTrue(
                configuration.contains(
                        "cmdline = \"cortado.console=framed \\\"cortado.env=A='b' c\\\" -- \\\"a b\\\""
                                + " \\\"-Dc=d\\\\\\\\e\\\"\""),
                configuration.toString());
        assertTrue(configuration.contains("on_crash = \"preserve\""));
        String name = configuration.getFirst();
        assertTrue(name.matches("name = \"cortado-\\d+-hello-xen-pvh.elf\""), name);
        List<String> calls = Files.readAllLines(state.resolve("calls"));
        String created = calls.get(1).replaceFirst("create -F -p ", "");
        assertEquals("list", calls.getFirst());
        assertEquals("unpause 7", calls.get(2));
        assertTrue(calls.getLast().startsWith("destroy cortado-"), calls.toString());
        assertFalse(Files.exists(Path.of(created)), "the configuration is gone");
    }

    @Test
    void aDiskIsCopiedAndHasTheArgumentsOnIt() throws IOException {
        Path disk = directory.resolve("hello-xen-hvm.img");
        ImageWriter.of(Target.XEN_HVM).write(TestObjects.image(Target.XEN_HVM), disk);
        byte[] before = Files.readAllBytes(disk);
        request = RunRequest.of(disk).arguments(List.of("-Dc=d"));
        assertEquals(0, run("echo 0 > code; echo 0 > reason"));
        Path copy = state.resolve("disk-copy");
        assertEquals(
                Optional.of("cortado.console=framed -- -Dc=d"), ImageFile.read(copy).commandLine());
        assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(disk)));
        String configuration = Files.readString(state.resolve("configuration"));
        assertTrue(configuration.contains("type = \"hvm\""), configuration);
        assertFalse(configuration.contains(disk.toString()), configuration);
        RunRequest.Builder tooLong = request.arguments(List.of("x".repeat(4096)));
        assertMessage(
                runner(),
                tooLong,
                "the arguments and variables (--env) have 4,122 bytes",
                "room for 4,095");
    }

    @Test
    void endsAGuestWhoseTimeIsUp() throws IOException {
        request.timeout(Duration.ofMillis(300));
        assertEquals(Hypervisor.TIMED_OUT, run("sleep 60 >/dev/null"));
        assertTrue(Files.exists(state.resolve("destroyed")));
    }

    @Test
    void passesOnWhyXlCannotCreateTheDomain() throws IOException {
        Files.createFile(state.resolve("refuse"));
        assertMessage(runner(), request, "xl cannot create the domain: libxl: error: no memory");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertMessage(runner(false), request, "xl creates domains for root only");
        file("proc/xen/capabilities", "\n");
        file("proc/xen/capabilities", "nothing");
        assertMessage(runner(), request, "is a domU of Xen's", "only dom0 creates domains");
        file("sys/hypervisor/type", "kvm");
        assertMessage(
                runner(),
                request,
                "does not run on Xen: install Xen",
                "copy hello-xen-pvh.elf and hello-xen-pvh.cfg to a Xen host");
        Files.delete(directory.resolve("bin/xl"));
        assertMessage(runner(), request, "does not run on Xen, and xl is not on PATH");
        file("sys/hypervisor/type", "xen");
        file("proc/xen/capabilities", "control_d");
        assertMessage(runner(), request, "xl is not on PATH: install Xen's toolstack");
        FakeJdk.executable(directory.resolve("bin/xl"), "echo 'xenstored: refused'; exit 1");
        assertMessage(
                runner(), request, "xl list says \"xenstored: refused\"", "is xenstored running");
        Files.delete(directory.resolve("bin/xenstore-read"));
        assertMessage(runner(), request, "xenstore-read is not on PATH");
    }

    @Test
    void saysWhatIsWrongWithTheRequest() throws IOException {
        assertMessage(runner(), request().machine(MachineType.PC), "--machine, --firmware");
        assertMessage(runner(), request().gdb(1234), "are for QEMU");
        assertMessage(runner(), request().cpus(0), "--cpus must be at least 1");
        assertMessage(runner(), request().memory(MemorySize.parse("8")), "--memory 8M");
        ImageWriter.of(Target.QEMU).write(TestObjects.image(), image);
        assertMessage(runner(), request, "is for qemu: for Xen, build it with --target xen-pvh");
        assertMessage(runner(), RunRequest.of(directory.resolve("none")), "there is no image");
    }

    private RunRequest.Builder request() {
        return RunRequest.of(image);
    }

    private static void assertMessage(XenRunner runner, RunRequest.Builder wrong, String... parts) {
        UserError error = assertThrows(UserError.class, () -> runner.run(wrong.build()));
        assertEquals(1, error.getMessage().lines().count(), error.getMessage());
        for (String part : parts) {
            assertTrue(error.getMessage().contains(part), error.getMessage());
        }
    }

    private int runAgain(String script) throws IOException {
        errors.reset();
        for (String file : List.of("code", "reason", "destroyed")) {
            Files.deleteIfExists(state.resolve(file));
        }
        return run(script);
    }

    private int run(String script) throws IOException {
        Files.writeString(state.resolve("domain"), script);
        return runner().run(request.build());
    }

    private XenRunner runner() {
        return runner(true);
    }

    private XenRunner runner(boolean isRoot) {
        String path = directory.resolve("bin") + ":/nowhere";
        return new XenRunner(
                new Dom0(path, directory, isRoot),
                new StandardStreams(
                        new SharedInput(new ByteArrayInputStream("hello".getBytes())),
                        new PrintStream(output),
                        new PrintStream(errors)));
    }

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
