package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Domains of a real libvirt's, in its QEMU without KVM. */
@Timeout(600)
final class LibvirtIT {
    @TempDir static Path own;

    private static LibvirtDaemon libvirt;

    @TempDir Path directory;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        libvirt = LibvirtDaemon.start(own);
    }

    @AfterAll
    static void stop() {
        if (libvirt != null) {
            libvirt.close();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals("", libvirt.virsh("list", "--all", "--name"));
    }

    private static List<String> run(Path image, String... words) {
        List<String> arguments = new ArrayList<>(List.of("run", "--on", "libvirt"));
        arguments.addAll(List.of("--connect", libvirt.uri(), "--accelerator", "tcg"));
        arguments.addAll(List.of("--timeout", "240", image.toString()));
        arguments.addAll(List.of(words));
        return Cortado.commandLine(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pc", "q35"})
    void aKernelRunsAndTellsItsExitCode(String machine) {
        Outcome outcome =
                Outcome.of(run(Probe.image(), "--machine", machine, "--", "exit", "3"), "");
        assertEquals(3, outcome.exitCode(), outcome.console());
    }

    @Test
    void theConsoleHasAllThatIsTyped() {
        Outcome outcome = Outcome.of(run(Probe.image(), "--", "lines"), "one\ntwo\n");
        assertEquals("type\nanswer: eno\nanswer: owt\nended\n", outcome.console());
        assertEquals(0, outcome.exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bios", "uefi"})
    void aDiskSaysHello(String firmware) {
        Path disk = FirmwareImage.disk();
        Outcome outcome = Outcome.of(run(disk, "--firmware", firmware, "--", "hello"), "");
        assertEquals(0, outcome.exitCode(), outcome.console());
        assertTrue(outcome.console().contains("Hello from Cortado\n"), outcome.console());
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130"})
    void aSignalToRunEndsTheGuestAsItEndsAJvm(String signal, int code) {
        try (Session session = new Session(run(Probe.image(), "--", "wait-for-end"))) {
            session.await("ready\n");
            session.signal(signal);
            session.await("hook has run\n");
            assertEquals(code, session.awaitEnd().exitCode());
        }
    }

    @Test
    void theSecondSignalKills() {
        try (Session session = new Session(run(Probe.image(), "--", "ignore-end"))) {
            session.await("ready\n");
            session.signal("TERM");
            session.signal("TERM");
            assertEquals(143, session.awaitEnd().exitCode());
        }
    }

    @Test
    void whatOthersDoToADomainIsTold() {
        try (Session session = new Session(run(Probe.image(), "--", "wait-for-end"))) {
            session.await("ready\n");
            String name = libvirt.virsh("list", "--name");
            assertTrue(name.matches("cortado-\\d+-probes.elf"), name);
            libvirt.virsh("shutdown", name, "--mode", "acpi");
            session.await("hook has run\n");
            assertEquals(143, session.awaitEnd().exitCode());
        }
        try (Session session = new Session(run(Probe.image(), "--", "wait-for-end"))) {
            session.await("ready\n");
            libvirt.virsh("destroy", libvirt.virsh("list", "--name"));
            session.await("libvirt says: shut off (destroyed)");
            assertEquals(71, session.awaitEnd().exitCode());
        }
    }

    /**
     * What a build writes for libvirt, with the two things changed that this machine has not: KVM
     * and a network.
     */
    @Test
    void theDescriptionOfABuildIsADomain() throws IOException {
        Path disk = FirmwareImage.copy(FirmwareImage.disk(), directory, "wait-for-end");
        Path description = directory.resolve("guest.xml");
        Outcome made = Cortado.command("convert", disk.toString(), description.toString());
        assertEquals(0, made.exitCode(), made.console());
        String text =
                Files.readString(description)
                        .replace("type=\"kvm\"", "type=\"qemu\"")
                        .replaceAll("(?s)<interface.*</interface>", "");
        Files.writeString(description, text);
        libvirt.virsh("define", description.toString());
        libvirt.virsh("start", "guest", "--paused");
        String terminal = libvirt.virsh("ttyconsole", "guest");
        try (Session console = new Session(List.of("cat", terminal))) {
            libvirt.virsh("resume", "guest");
            console.await("ready\n");
            libvirt.virsh("shutdown", "guest");
            console.awaitEnd();
        }
        String state = libvirt.virsh("domstate", "guest", "--reason");
        while (!state.startsWith("shut off")) {
            state = libvirt.virsh("domstate", "guest", "--reason");
        }
        assertEquals("shut off (shutdown)", state);
        libvirt.virsh("undefine", "guest");
    }
}
