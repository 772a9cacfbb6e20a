package dev.cortado.image.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.run.Accelerator;
import dev.cortado.image.run.RunRequest;
import dev.cortado.image.share.ShareRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts for QEMU. */
@Timeout(120)
class GuestStarterTest {
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
    void aGuestGoesOnWithANameAndItsPorts() throws IOException {
        guests.script(ScriptedGuests.RUNNING);
        Guest guest = guests.starter().start(guests.request(null, "0:80", "0:53/udp"));
        assertEquals("app", guest.name().text());
        assertEquals(GuestState.Phase.RUNNING, guest.state().phase());
        assertTrue(ProcessHandle.of(guest.pid().getAsLong()).orElseThrow().isAlive());
        assertEquals(guests.image, guest.image());
        assertEquals(80, guest.forwards().getFirst().guestPort());
        int port = guest.forwards().getFirst().hostPort();
        assertTrue(port > 0);
        String arguments = Files.readString(directory.resolve("arguments"));
        assertTrue(arguments.contains("hostfwd=tcp:127.0.0.1:" + port + "-:80,"), arguments);
        assertEquals("app-2", guests.starter().start(guests.request(null)).name().text());
    }

    /** A program that reads shall go on, and not wait for somebody who cannot type. */
    @Test
    void theGuestsInputIsAtItsEndOnceItIsReady() throws IOException {
        Guest guest =
                guests.start(
                        "echo ready > \"$status\"; head -c 2 > \"$here/input\";"
                                + " mv \"$here/input\" \"$here/read\"; exec sleep 600",
                        "reader");
        assertEquals(GuestState.Phase.RUNNING, guest.state().phase());
        Waiting.until(() -> Files.exists(directory.resolve("read")), "the input");
        assertEquals("\20e", Files.readString(directory.resolve("read")));
    }

    @Test
    void aProgramThatIsSoonDoneIsNoFailure() throws IOException {
        Guest guest = guests.start("printf 'ready\\nexit 3\\n' > \"$status\"; exit 1", "short");
        Waiting.until(() -> guests.find("short").state().hasEnded(), "the end");
        assertEquals(3, guests.find(guest.name().text()).state().exitCode().getAsInt());
    }

    @Test
    void aGuestThatDiesWhileItStartsIsAnErrorWithItsLastLines() {
        String text =
                failure(
                        "echo one; printf 'two\\033[2J\\n'; printf 'heap\\npanic 70\\n' >"
                                + " \"$status\"");
        assertEquals(
                """
                guest app panicked: heap before its program began; its last lines were:
                  one
                  two [2J
                cortado logs app shows all that it wrote, cortado rm app removes it\
                """,
                text);
        GuestState state = guests.find("app").state();
        assertEquals(GuestState.Phase.PANICKED, state.phase());
        assertEquals(70, state.exitCode().getAsInt());
    }

    @Test
    void whatQemuRefusesIsNoGuest() {
        assertEquals(
                "QEMU cannot run " + guests.image + ": no such machine",
                failure("echo 'qemu-system-x86_64: no such machine' >&2; exit 1"));
        assertEquals(List.of(), guests.store.list().guests());
    }

    /** QEMU has never connected to it, and so does not end it. */
    @Test
    void aGuestThatDoesNotStartLeavesNoServerOfItsFolders() throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/lib/qemu/virtiofsd")), "it is not installed");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "not as root");
        Path folder = Files.createDirectory(directory.resolve("folder"));
        RunRequest run =
                RunRequest.of(guests.image)
                        .accelerator(Accelerator.TCG)
                        .shares(ShareRequest.of(List.of(folder + ":/f,virtiofs")))
                        .build();
        GuestRequest request =
                new GuestRequest(
                        run,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ScriptedGuests.PATIENCE,
                        true);
        guests.script(
                "cat /proc/[0-9]*/cmdline | tr '\\0' ' ' > \"$here/processes\";"
                        + " echo refused >&2; exit 1");
        assertThrows(UserError.class, () -> guests.starter().start(request));
        String server = "source=" + folder.toRealPath();
        String processes = Files.readString(directory.resolve("processes"));
        assertTrue(processes.contains(server), processes);
        Waiting.until(() -> !hasProcess(server), "the server's end");
    }

    private static boolean hasProcess(String words) {
        return ProcessHandle.allProcesses()
                .anyMatch(each -> each.info().commandLine().orElse("").contains(words));
    }

    @Test
    void aGuestThatIsNotReadyInTimeIsEnded() throws IOException {
        guests.script("echo booting; exec sleep 600");
        GuestRequest request = guests.request("slow", null, Duration.ofMillis(300), true);
        String text =
                assertThrows(UserError.class, () -> guests.starter().start(request)).getMessage();
        assertTrue(text.contains("since its program did not begin within 0.3 s"), text);
        assertEquals(GuestState.Phase.KILLED, guests.find("slow").state().phase());
        assertEquals(137, guests.find("slow").state().exitCode().getAsInt());
    }

    @Test
    void nothingStaysOfAGuestThatIsNotToBeKept() throws IOException {
        guests.script(ScriptedGuests.RUNNING + "; # port 1 of nobody's");
        GuestRequest request = guests.request("app", "127.0.0.1:1", Duration.ofMillis(300), false);
        String text =
                assertThrows(UserError.class, () -> guests.starter().start(request)).getMessage();
        // The machine may be too busy to run the script in time.
        assertTrue(
                text.contains("was ended, since 127.0.0.1:1 did not answer")
                        || text.contains("was ended, since its program did not begin"),
                text);
        assertFalse(text.contains("cortado logs"), text);
        assertEquals(List.of(), guests.store.list().guests());
        assertFalse(Files.exists(guests.store.files(new GuestName("app")).directory()));
    }

    @Test
    void aGuestThatEndsBeforeItAnswersIsAnError() throws IOException {
        guests.script(
                "echo ready > \"$status\"; echo 'no database';"
                        + " printf 'ready\\nexit 1\\n' > \"$status\"; exit 1");
        GuestRequest request = guests.request("app", "127.0.0.1:1", ScriptedGuests.PATIENCE, true);
        String text =
                assertThrows(UserError.class, () -> guests.starter().start(request)).getMessage();
        assertTrue(text.startsWith("guest app ended with exit code 1 before 127.0.0.1:1"), text);
        assertTrue(text.contains("\n  no database\n"), text);
    }

    @Test
    void aNameThatIsTakenIsRefused() throws IOException {
        guests.start("printf 'ready\\nexit 0\\n' > \"$status\"", "web");
        UserError error =
                assertThrows(UserError.class, () -> guests.starter().start(guests.request("web")));
        assertTrue(error.getMessage().contains("cortado rm web"), error.getMessage());
    }

    @Test
    void nothingIsListedThatCouldNotBeTried() throws IOException {
        Files.writeString(guests.image, "no image");
        guests.script("exit 0");
        assertThrows(UserError.class, () -> guests.starter().start(guests.request(null)));
        assertEquals(List.of(), guests.store.list().guests());
    }

    private String failure(String script) {
        return assertThrows(UserError.class, () -> guests.start(script, "app")).getMessage();
    }
}
