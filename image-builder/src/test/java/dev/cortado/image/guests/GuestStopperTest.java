package dev.cortado.image.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.run.FakeMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts for QEMU, and its monitor. */
@Timeout(120)
class GuestStopperTest {
    /** Ends as a guest does whose button somebody presses: the test makes a file of it. */
    private static final String OBEDIENT =
            "echo ready > \"$status\"; until [ -e \"$here/pressed\" ]; do sleep 0.02; done;"
                    + " printf 'ready\\nexit 143\\n' > \"$status\"; exit 1";

    @TempDir Path directory;
    private ScriptedGuests guests;

    @BeforeEach
    void makeGuests() throws IOException {
        guests = new ScriptedGuests(directory);
    }

    @AfterEach
    void endThem() throws IOException {
        guests.close();
    }

    @Test
    void aGuestIsAskedByItsButton() throws IOException {
        Guest guest = guests.start(OBEDIENT, "app");
        try (FakeMonitor monitor = monitor(guest)) {
            List<Guest> ended = stop(ScriptedGuests.PATIENCE, "app", "app");
            assertEquals(1, ended.size());
            assertEquals("ended with exit code 143", ended.getFirst().state().sentence());
            assertEquals(List.of("{\"execute\": \"system_powerdown\"}"), monitor.commands());
        }
    }

    @Test
    void oneThatDoesNotEndIsKilled() throws IOException {
        Guest guest = guests.start(ScriptedGuests.RUNNING, "app");
        try (FakeMonitor monitor = new FakeMonitor(control(guest), command -> "{\"return\": {}}")) {
            GuestState state = stop(Duration.ofMillis(200), "app").getFirst().state();
            assertEquals("was killed", state.sentence());
            assertEquals(137, state.exitCode().getAsInt());
            assertFalse(guest.record().process().orElseThrow().isAlive());
        }
    }

    @Test
    void oneThatCannotBeAskedIsKilledAtOnce() throws IOException {
        guests.start(ScriptedGuests.RUNNING, "app");
        GuestState state = stop(Duration.ofDays(1), "app").getFirst().state();
        assertEquals(GuestState.Phase.KILLED, state.phase());
    }

    @Test
    void oneThatHasEndedKeepsItsExitCode() throws IOException {
        guests.start("printf 'ready\\nexit 5\\n' > \"$status\"", "app");
        Waiting.until(() -> guests.find("app").state().hasEnded(), "the end");
        assertEquals(5, stop(Duration.ZERO, "app").getFirst().state().exitCode().getAsInt());
    }

    @Test
    void nobodyIsAskedIfOneNameIsWrong() throws IOException {
        Guest guest = guests.start(ScriptedGuests.RUNNING, "app");
        UserError error = assertThrows(UserError.class, () -> stop(Duration.ZERO, "app", "nobody"));
        assertTrue(error.getMessage().startsWith("there is no guest nobody"), error.getMessage());
        assertTrue(guest.record().process().orElseThrow().isAlive());
    }

    @Test
    void onlyThoseThatHaveEndedAreRemovedUnlessByForce() throws IOException {
        Guest guest = guests.start(ScriptedGuests.RUNNING, "app");
        GuestName name = guest.name();
        UserError error = assertThrows(UserError.class, () -> guests.stopper.remove(name, false));
        assertTrue(error.getMessage().contains("cortado stop app"), error.getMessage());
        guests.stopper.remove(name, true);
        assertFalse(guest.record().process().orElseThrow().isAlive());
        assertEquals(List.of(), guests.store.list().guests());
        error = assertThrows(UserError.class, () -> guests.stopper.remove(name, true));
        assertTrue(error.getMessage().startsWith("there is no guest app"), error.getMessage());
    }

    @Test
    void aDamagedOneIsRemovedByForceAndEndedByItsMonitor() throws IOException {
        Guest guest = guests.start(ScriptedGuests.RUNNING, "app");
        Files.writeString(guest.files().record(), "{");
        try (FakeMonitor monitor = new FakeMonitor(control(guest), command -> "{\"return\": {}}")) {
            UserError error =
                    assertThrows(UserError.class, () -> guests.stopper.remove(guest.name(), false));
            assertTrue(error.getMessage().contains("rm --force app"), error.getMessage());
            guests.stopper.remove(guest.name(), true);
            assertEquals(List.of("{\"execute\": \"quit\"}"), monitor.commands());
        } finally {
            guest.record().process().orElseThrow().kill();
        }
        assertFalse(Files.exists(guest.files().directory()));
    }

    /** Its starter has started QEMU, and was killed before it wrote down the process. */
    @Test
    void oneWhoseProcessNobodyKnowsIsEndedByItsMonitor() throws Exception {
        Process starter = new ProcessBuilder("sleep", "600").start();
        ProcessIdentity identity = ProcessIdentity.of(starter.pid());
        starter.destroyForcibly().waitFor();
        for (boolean force : new boolean[] {false, true}) {
            Guest guest = guests.store.reserve(guests.image, Optional.empty(), Optional.empty());
            GuestRecord record = guest.record();
            guests.store.update(
                    new GuestRecord(
                            record.name(),
                            record.image(),
                            record.console(),
                            record.started(),
                            identity,
                            Optional.empty(),
                            List.of()));
            try (FakeMonitor monitor =
                    new FakeMonitor(control(guest), command -> "{\"return\": {}}")) {
                guests.stopper.remove(guest.name(), force);
                assertEquals(List.of("{\"execute\": \"quit\"}"), monitor.commands());
            }
            assertFalse(Files.exists(guest.files().directory()));
        }
    }

    @Test
    void oneThatIsAboutToBeStartedIsLeftAlone() {
        Guest guest = guests.store.reserve(guests.image, Optional.empty(), Optional.empty());
        assertEquals(GuestState.Phase.STARTING, guest.state().phase());
        for (boolean force : new boolean[] {false, true}) {
            assertThrows(UserError.class, () -> guests.stopper.remove(guest.name(), force));
        }
        assertThrows(UserError.class, () -> stop(Duration.ZERO, "app"));
        assertEquals(1, guests.store.list().guests().size());
    }

    private List<Guest> stop(Duration patience, String... names) {
        return guests.stopper.stop(
                List.of(names).stream().map(GuestName::parse).toList(), patience);
    }

    private FakeMonitor monitor(Guest guest) throws IOException {
        return new FakeMonitor(
                control(guest),
                command -> {
                    try {
                        Files.createFile(directory.resolve("pressed"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return "{\"return\": {}}";
                });
    }

    private static Path control(Guest guest) {
        return guest.files().run().control().socket();
    }
}
