package dev.cortado.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.guests.Guest;
import dev.cortado.image.guests.GuestRequest;
import dev.cortado.image.guests.GuestStopper;
import dev.cortado.image.guests.GuestStore;
import dev.cortado.image.image.ElfImageWriter;
import dev.cortado.image.image.GuestImage;
import dev.cortado.image.image.Manifest;
import dev.cortado.image.image.Protection;
import dev.cortado.image.image.Segment;
import dev.cortado.image.image.SymbolTable;
import dev.cortado.image.network.PortForward;
import dev.cortado.image.run.Accelerator;
import dev.cortado.image.run.DetachedQemu;
import dev.cortado.image.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts for QEMU. */
@Timeout(120)
class BackgroundGuestsTest {
    @TempDir Path directory;
    private final Map<Object, Object> context = new HashMap<>();
    private final StringBuilder log = new StringBuilder();
    private Path image;
    private GuestStore store;
    private BackgroundGuests guests;

    @BeforeEach
    void makeGuests() throws IOException {
        image = directory.resolve("app.elf");
        new ElfImageWriter().write(image(), image);
        store = new GuestStore(directory.resolve("state"));
        guests = build(context);
    }

    private static GuestImage image() {
        Segment text =
                new Segment(
                        Segment.TEXT,
                        Protection.READ_EXECUTE,
                        0x200000,
                        0x200000,
                        new byte[16],
                        16);
        Manifest manifest =
                new Manifest(
                        "1",
                        "25",
                        "25",
                        "app.Main",
                        List.of("qemu"),
                        List.of("pvh"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return new GuestImage(
                List.of(text),
                new SymbolTable(List.of()),
                List.of(),
                List.of(),
                0x200000,
                manifest);
    }

    @AfterEach
    void endThem() {
        for (Guest guest : store.list().guests()) {
            new GuestStopper(store).remove(guest.name(), true);
        }
    }

    @Test
    void whatABuildHasStartedItStops() throws IOException {
        Guest first = start("echo ready > \"$status\"; exec sleep 600", "one.log");
        Guest second = start("printf 'ready\\nexit 4\\n' > \"$status\"", "two.log");
        assertEquals(List.of("app", "app-2"), names());
        build(new HashMap<>()).stop(Duration.ZERO, new Recorder()); // of another project
        assertTrue(isAlive(first));
        guests.stop(Duration.ZERO, new Recorder());
        assertFalse(isAlive(first));
        assertEquals(List.of(), names());
        assertTrue(log.toString().contains("this build has started no guest"), log.toString());
        assertTrue(log.toString().contains("guest app was killed"), log.toString());
        assertTrue(log.toString().contains("app-2 ended with exit code 4"), log.toString());
        assertEquals("output\n", Files.readString(second.console()));
    }

    @Test
    void aGuestThatHasPanickedFailsTheBuildAndTheOthersAreStoppedAsWell() throws IOException {
        start("printf 'ready\\nheap\\npanic 70\\n' > \"$status\"", "one.log");
        Guest second = start("echo ready > \"$status\"; exec sleep 600", "two.log");
        UserError error =
                assertThrows(
                        UserError.class, () -> guests.stop(Duration.ofMillis(1), new Recorder()));
        assertTrue(error.getMessage().startsWith("guest app panicked: heap"), error.getMessage());
        assertTrue(error.getMessage().contains("one.log"), error.getMessage());
        assertFalse(isAlive(second));
        assertEquals(List.of(), names());
    }

    @Test
    void whatAnInterruptedBuildHasLeftIsForgotten() throws IOException {
        Guest left = start("echo ready > \"$status\"; exec sleep 600", "one.log");
        ProcessHandle process = ProcessHandle.of(left.pid().getAsLong()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        guests = build(new HashMap<>());
        assertEquals(
                "app", start("echo ready > \"$status\"; exec sleep 600", "one.log").name().text());
        assertEquals(
                "app-2",
                start("printf 'ready\\nexit 4\\n' > \"$status\"", "two.log").name().text());
    }

    @Test
    void aGuestThatDoesNotStartLeavesNothingBehind() {
        assertThrows(UserError.class, () -> start("echo 'exit 1' > \"$status\"", "one.log"));
        assertEquals(List.of(), names());
        guests.stop(Duration.ZERO, new Recorder());
        assertTrue(log.toString().contains("this build has started no guest"), log.toString());
    }

    @Test
    void portsBecomeProperties() {
        List<PortForward> forwards =
                List.of(
                        PortForward.parse("41000:8080"),
                        PortForward.parse("41001:8080/udp"),
                        PortForward.parse("41002:8080"));
        assertEquals(
                Map.of("cortado.port.8080", "41000", "cortado.port.8080.udp", "41001"),
                BackgroundGuests.ports(forwards));
    }

    private Guest start(String script, String console) throws IOException {
        Path qemu = directory.resolve("qemu-system-x86_64");
        Files.writeString(
                qemu,
                """
                #!/bin/sh
                status=$(printf '%s\\n' "$@" | sed -n 's/^file,id=status,path=//p')
                echo output
                """
                        + script
                        + "\n");
        assertTrue(qemu.toFile().setExecutable(true));
        return guests.start(
                new GuestRequest(
                        RunRequest.of(image).accelerator(Accelerator.TCG).build(),
                        Optional.empty(),
                        Optional.of(directory.resolve(console)),
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        false));
    }

    private BackgroundGuests build(Map<Object, Object> keeps) {
        return new BackgroundGuests(
                store, new DetachedQemu(Map.of("PATH", directory + ":/usr/bin:/bin")), keeps);
    }

    private List<String> names() {
        return store.list().guests().stream().map(guest -> guest.name().text()).toList();
    }

    private static boolean isAlive(Guest guest) {
        return ProcessHandle.of(guest.pid().getAsLong()).map(ProcessHandle::isAlive).orElse(false);
    }

    /** A log whose lines can be looked at. */
    private final class Recorder extends SystemStreamLog {
        @Override
        public void info(CharSequence line) {
            log.append(line).append('\n');
        }
    }
}
