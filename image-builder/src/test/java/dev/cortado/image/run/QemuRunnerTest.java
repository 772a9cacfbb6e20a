package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.TestObjects;
import dev.cortado.image.UserError;
import dev.cortado.image.compile.FakeJdk;
import dev.cortado.image.environment.EnvironmentVariables;
import dev.cortado.image.image.ElfImageWriter;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageWriter;
import dev.cortado.image.image.SideFiles;
import dev.cortado.image.network.NetworkRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts for QEMU. */
class QemuRunnerTest {
    /** Sets {@code $status} to the file that the guest's status goes to. */
    private static final String FIND_STATUS =
            """
            printf '%s\\n' "$@" > "$(dirname "$0")/arguments"
            status=$(printf '%s\\n' "$@" | sed -n 's/^file,id=status,path=//p')
            """;

    @TempDir Path directory;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private Path image;
    private RunRequest.Builder request;

    @BeforeEach
    void makeAnImage() throws IOException {
        image = directory.resolve("image");
        new ElfImageWriter().write(TestObjects.image(), image);
        request = request();
    }

    @Test
    void returnsTheGuestsExitCode() throws IOException {
        assertEquals(0, run("echo 'exit 0' > \"$status\"; exit 1"));
        assertEquals(3, run("printf 'ready\\nexit 3\\n' > \"$status\"; exit 1"));
        assertEquals(255, run("echo 'exit -1' > \"$status\"; exit 1"));
        assertEquals(1, run("echo 'exit 257' > \"$status\"; exit 1"));
        assertEquals("", errors.toString());
    }

    @Test
    void tellsOfAPanic() throws IOException {
        assertEquals(Hypervisor.PANIC, run("printf '\\npanic 70\\n' > \"$status\""));
        assertEquals("cortado: image panicked\n", errors.toString());
        errors.reset();
        assertEquals(
                Hypervisor.PANIC,
                run("printf 'page fault,\\nin \\033[2Jthread 2\\npanic 70\\n' > \"$status\""));
        assertEquals("cortado: image panicked: page fault, in  [2Jthread 2\n", errors.toString());
    }

    @Test
    void tellsOfADeathWithoutAWord() throws IOException {
        assertEquals(Hypervisor.DIED, run("exit 0"));
        assertTrue(errors.toString().contains("died"), errors.toString());
        assertEquals(Hypervisor.DIED, run("echo nonsense > \"$status\""));
        assertEquals(Hypervisor.DIED, run("head -c 100000 /dev/zero > \"$status\""));
        assertEquals(Hypervisor.DIED, run("rm -f \"$status\""));
    }

    @Test
    void passesOnWhyAGuestCannotStart() throws IOException {
        assertEquals(Hypervisor.DIED, run("echo 'Cortado: too little memory' > \"$status\""));
        assertTrue(
                errors.toString().contains("the guest could not start: too little memory"),
                errors.toString());
    }

    @Test
    void passesQemusErrorOn() {
        UserError error =
                assertThrows(
                        UserError.class,
                        () -> run("echo 'qemu-system-x86_64: no such machine' >&2; exit 1"));
        assertEquals("QEMU cannot run " + image + ": no such machine", error.getMessage());
    }

    @Test
    void endsAGuestWhoseTimeIsUp() throws IOException {
        request.timeout(Duration.ofMillis(200));
        long start = System.nanoTime();
        assertEquals(Hypervisor.TIMED_OUT, run("exec sleep 60"));
        assertTrue(System.nanoTime() - start < 20_000_000_000L);
    }

    @Test
    void showsAllThatAGuestWritesAtTwoConsoles() throws IOException {
        new ElfImageWriter().write(TestObjects.imageWithDriver("virtio.console"), image);
        assertEquals(0, run("head -c 300000 /dev/zero; echo last; echo 'exit 0' > \"$status\""));
        assertEquals(300_005, output.size());
        assertTrue(output.toString().endsWith("last\n"));
        List<String> arguments = Files.readAllLines(directory.resolve("arguments"));
        assertFollows(arguments, "-serial", "chardev:serial");
    }

    @Test
    void whatAGuestHasWrittenWhoseTimeIsUpIsShown() throws IOException {
        new ElfImageWriter().write(TestObjects.imageWithDriver("virtio.console"), image);
        request.timeout(Duration.ofMillis(500));
        assertEquals(Hypervisor.TIMED_OUT, run("echo first; exec sleep 60"));
        assertEquals("first\n", output.toString());
    }

    /** QEMU's console loses output if its input hangs up. */
    @Test
    void passesInputOnOnceTheGuestIsReadyAndMarksItsEndButDoesNotHangUp() throws IOException {
        assertEquals(
                0,
                run(
                        "timeout 1 cat > \"$(dirname \"$0\")/early\"; echo ready > \"$status\";"
                                + " head -c 7 > \"$(dirname \"$0\")/input\"; timeout 1 cat > /dev/null;"
                                + " [ $? = 124 ] && echo 'exit 0' > \"$status\""));
        assertEquals("", Files.readString(directory.resolve("early")));
        assertEquals("hello\20e", Files.readString(directory.resolve("input")));
    }

    @Test
    void passesOptionsAndArgumentsOn() throws IOException {
        request =
                request.machine(MachineType.Q35)
                        .memory(MemorySize.parse("1G"))
                        .cpus(4)
                        .arguments(List.of("a b", "-Dc=d"));
        run("echo 'exit 0' > \"$status\"");
        List<String> arguments = Files.readAllLines(directory.resolve("arguments"));
        assertFollows(arguments, "-machine", "q35");
        assertFollows(arguments, "-m", "1024M");
        assertFollows(arguments, "-smp", "4");
        assertFollows(arguments, "-kernel", image.toString());
        assertFollows(arguments, "-append", "cortado.console=framed -- \"a b\" -Dc=d");
        assertFollows(arguments, "-accel", "tcg");
        assertFalse(arguments.contains("-gdb"));
        assertFalse(arguments.contains("-S"));
    }

    @Test
    void startsADiskFromACopyThatHasTheArguments() throws IOException {
        Path disk = directory.resolve("disk");
        ImageWriter.of(Target.BARE).write(TestObjects.image(Target.BARE), disk);
        byte[] before = Files.readAllBytes(disk);
        request = RunRequest.of(disk).accelerator(Accelerator.TCG).arguments(List.of("-Da=b"));
        run(
                "cp \"$(dirname \"$status\")/disk.img\" \"$(dirname \"$0\")/copy\";"
                        + " echo 'exit 0' > \"$status\"");
        List<String> arguments = Files.readAllLines(directory.resolve("arguments"));
        assertFollows(arguments, "-machine", "q35");
        assertFalse(arguments.contains("-kernel"));
        assertTrue(arguments.contains("ide-hd,drive=boot,bootindex=0"));
        assertEquals(
                Optional.of("cortado.console=framed -- -Da=b"),
                ImageFile.read(directory.resolve("copy")).commandLine());
        assertArrayEquals(before, Files.readAllBytes(disk));
    }

    @Test
    void refusesFirmwareAndMachinesThatCannotBootTheImage() {
        assertMessage(request().firmware(FirmwareName.UEFI), "--firmware is for disks");
        Path disk = directory.resolve("disk");
        ImageWriter.of(Target.BARE).write(TestObjects.image(Target.BARE), disk);
        assertMessage(
                RunRequest.of(disk).machine(MachineType.MICROVM), "--machine microvm", "q35 or pc");
        Path linux = linux();
        assertMessage(RunRequest.of(linux).firmware(FirmwareName.BIOS), "--firmware is for disks");
        assertMessage(
                RunRequest.of(linux).firmware(FirmwareName.UEFI).machine(MachineType.MICROVM),
                "--machine microvm",
                "q35 or pc");
        assertMessage(
                RunRequest.of(linux).firmware(FirmwareName.UEFI).memory(new MemorySize(64L << 20)),
                "--memory 64M is too little for UEFI",
                "give it 75M or more");
    }

    @Test
    void uefiStartsABzImage() throws IOException {
        assumeTrue(Files.exists(Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd")), "ovmf is missing");
        Path linux = linux();
        request = RunRequest.of(linux).firmware(FirmwareName.UEFI).arguments(List.of("-Da=b"));
        run("echo 'exit 0' > \"$status\"");
        List<String> arguments = Files.readAllLines(directory.resolve("arguments"));
        assertFollows(arguments, "-kernel", linux.toString());
        assertFollows(arguments, "-append", "cortado.console=framed -- -Da=b");
        assertTrue(arguments.stream().anyMatch(word -> word.contains("if=pflash")));
        List<String> many = IntStream.range(0, 900).mapToObj(i -> "arg" + i).toList();
        request = request.arguments(many);
        UserError error = assertThrows(UserError.class, () -> run("exit 0"));
        assertTrue(error.getMessage().endsWith("UEFI takes 4095 to a bzimage"), error.toString());
    }

    private Path linux() {
        Path file = directory.resolve("app.bzimage");
        ImageWriter.of(Target.BZIMAGE).write(TestObjects.image(Target.BZIMAGE), file);
        return file;
    }

    @Test
    void argumentsThatAreTooManyForTheLoaderGoAsAModule() throws IOException {
        List<String> many = IntStream.range(0, 900).mapToObj(i -> "arg" + i).toList();
        request = request.arguments(many);
        run(
                "cp \"$(dirname \"$status\")/arguments\" \"$(dirname \"$0\")/module\";"
                        + " echo 'exit 0' > \"$status\"");
        List<String> arguments = Files.readAllLines(directory.resolve("arguments"));
        assertFollows(arguments, "-append", "cortado.console=framed");
        assertTrue(arguments.contains("-initrd"));
        assertEquals(
                "cortado.arguments -- " + String.join(" ", many),
                Files.readString(directory.resolve("module")));
    }

    @Test
    void variablesThatAreTooLongForTheLoaderGoAsAModuleToo() throws IOException {
        String value = "v w".repeat(1500);
        request =
                request.environment(EnvironmentVariables.of(Map.of("A", value)))
                        .monitor(true)
                        .arguments(List.of("one"));
        run(
                "cp \"$(dirname \"$status\")/arguments\" \"$(dirname \"$0\")/module\";"
                        + " echo 'exit 0' > \"$status\"");
        List<String> arguments = Files.readAllLines(directory.resolve("arguments"));
        assertFollows(arguments, "-append", "cortado.console=framed cortado.monitor=on");
        assertEquals(
                "cortado.arguments \"cortado.env=A=" + value + "\" -- one",
                Files.readString(directory.resolve("module")));
    }

    @Test
    void saysWhenVariablesAreTooLongForTheKernel() {
        String value = "\\".repeat(600_000);
        assertMessage(
                request.environment(EnvironmentVariables.of(Map.of("A", value))),
                "(--env) have 1,200,019 bytes",
                "room for 1,048,576",
                "cortado build --env");
    }

    @Test
    void tellsTheKernelThatTheMonitorsKeysAreOn() throws IOException {
        request = request.monitor(true);
        run("echo 'exit 0' > \"$status\"");
        List<String> arguments = Files.readAllLines(directory.resolve("arguments"));
        assertFollows(arguments, "-append", "cortado.console=framed cortado.monitor=on --");
    }

    @Test
    void refusesANetworkOfAnImageWithoutADriver() {
        NetworkRequest network = NetworkRequest.of("user", List.of(), null, null, null);
        assertMessage(request.network(network), "--net user", image + " has no network driver");
    }

    @Test
    void waitsForGdbAndSaysWhatToType() throws IOException {
        Path odd = directory.resolve("it's an image");
        Files.move(image, odd);
        request = RunRequest.of(odd).accelerator(Accelerator.TCG).gdb(freePort());
        run("echo 'exit 0' > \"$status\"");
        List<String> arguments = Files.readAllLines(directory.resolve("arguments"));
        int port = request.build().gdb().getAsInt();
        assertFollows(arguments, "-gdb", "tcp:127.0.0.1:" + port);
        assertTrue(arguments.contains("-S"));
        assertEquals(
                "cortado: waiting for gdb: gdb -ex 'target remote :"
                        + port
                        + "' (without symbols: "
                        + odd
                        + ".debug is missing)\n",
                errors.toString());
        errors.reset();
        SideFiles.writeDebug(TestObjects.image(), odd);
        run("echo 'exit 0' > \"$status\"");
        assertEquals(
                "cortado: waiting for gdb: gdb -ex 'file "
                        + directory
                        + "/it\\'\\''s\\ an\\ image.debug' -ex 'target remote :"
                        + port
                        + "'\n",
                errors.toString());
    }

    @Test
    void saysWhenGdbsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertMessage(request().gdb(port), "has port " + port, "give --gdb-port another");
        }
        assertMessage(request().gdb(0), "--gdb-port must be from 1 to 65535");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void leavesNoStatusFileBehind() throws IOException {
        run("echo \"$status\" > \"$(dirname \"$0\")/name\"; echo 'exit 0' > \"$status\"");
        Path status = Path.of(Files.readString(directory.resolve("name")).strip());
        assertFalse(Files.exists(status));
    }

    @Test
    void saysWhatIsWrongWithTheRequest() {
        assertMessage(request().memory(MemorySize.parse("4")), "--memory 4M", "16M or more");
        assertMessage(request().cpus(0), "--cpus must be at least 1");
        assertMessage(
                request.arguments(List.of("x".repeat(1_100_000))), "1,100,003 bytes", "a file");
        request = request.arguments(List.of());
        assertMessage(RunRequest.of(directory.resolve("none")), "no image", "build it first");
    }

    @Test
    void refusesADamagedImage() throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        bytes[bytes.length / 2] ^= 1;
        Files.write(image, bytes);
        assertMessage(request, image.toString(), "damaged");
        Files.writeString(image, "something else");
        assertMessage(request, image.toString(), "not an ELF file");
    }

    @Test
    void refusesAnImageForXen() {
        for (Target target : List.of(Target.XEN_PVH, Target.XEN_PV, Target.XEN_HVM)) {
            ImageWriter.of(target).write(TestObjects.image(target), image);
            assertMessage(request, image + " is for " + target + ": run it with --on xen");
        }
    }

    @Test
    void saysWhatToInstall() {
        QemuRunner runner =
                new QemuRunner(
                        Map.of("PATH", directory.resolve("none") + ":\0:" + directory),
                        new StandardStreams(
                                new SharedInput(new ByteArrayInputStream(new byte[0])),
                                new PrintStream(output),
                                new PrintStream(errors)));
        UserError error = assertThrows(UserError.class, () -> runner.run(request.build()));
        assertTrue(error.getMessage().contains("apt install"), error.getMessage());
    }

    private RunRequest.Builder request() {
        return RunRequest.of(image).accelerator(Accelerator.TCG);
    }

    private void assertMessage(RunRequest.Builder wrong, String... parts) {
        UserError error = assertThrows(UserError.class, () -> runner("exit 0").run(wrong.build()));
        for (String part : parts) {
            assertTrue(error.getMessage().contains(part), error.getMessage());
        }
    }

    private static void assertFollows(List<String> arguments, String option, String value) {
        assertEquals(value, arguments.get(arguments.indexOf(option) + 1), arguments.toString());
    }

    private int run(String script) throws IOException {
        return runner(FIND_STATUS + script).run(request.build());
    }

    private QemuRunner runner(String script) throws IOException {
        FakeJdk.executable(directory.resolve("qemu-system-x86_64"), script);
        return new QemuRunner(
                Map.of("PATH", directory + ":/usr/bin:/bin"),
                new StandardStreams(
                        new SharedInput(new ByteArrayInputStream("hello".getBytes())),
                        new PrintStream(output),
                        new PrintStream(errors)));
    }
}
