package dev.cortado.image.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.network.PortForward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GuestStoreTest {
    private static final Path IMAGE = Path.of("/images/app.elf");

    /** It began before the machine did. */
    private static final ProcessIdentity ENDED = new ProcessIdentity(1, "long ago");

    @TempDir Path directory;
    private GuestStore store;

    @BeforeEach
    void makeAStore() {
        store = new GuestStore(directory.resolve("above/guests"));
    }

    @Test
    void whatIsWrittenIsRead() {
        Guest reserved = reserve();
        ProcessIdentity self = ProcessIdentity.current();
        List<PortForward> forwards =
                List.of(PortForward.parse("0.0.0.0:8080:80"), PortForward.parse("5353:53/udp"));
        store.update(reserved.record().with(self, forwards));
        Guest guest = store.find(reserved.name());
        assertEquals(reserved.record().with(self, forwards), guest.record());
        assertEquals(self.pid(), guest.pid().getAsLong());
        assertEquals(IMAGE, guest.image());
        assertEquals(guest.files().console(), guest.console());
    }

    @Test
    void namesAreChosenOnceAndFreeAgainAfterwards() {
        assertEquals("app", reserve().name().text());
        assertEquals("app-2", reserve().name().text());
        end("app");
        assertThrows(
                UserError.class,
                () -> store.reserve(IMAGE, Optional.of(new GuestName("app")), Optional.empty()));
        store.remove(new GuestName("app"));
        assertEquals("app", reserve().name().text());
    }

    @Test
    void everythingIsTheOwnersAlone() throws IOException {
        Path guest = reserve().files().directory();
        for (Path each : List.of(guest, guest.getParent(), guest.getParent().getParent())) {
            assertEquals(
                    "rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(each)),
                    each.toString());
        }
    }

    @Test
    void aDamagedRecordIsNamedAndHidesNoOther() throws IOException {
        reserve();
        for (String text :
                List.of(
                        "",
                        "{",
                        "null",
                        "[]",
                        "{\"format\": 1}",
                        "{\"format\": 2}",
                        record("\"/x\"", "\"yesterday\"", "[]"),
                        record("\"/x\\u0000\"", "\"2026-01-01T00:00:00Z\"", "[]"),
                        record("\"/x\"", "\"2026-01-01T00:00:00Z\"", "[\"80\"]"),
                        record("\"/x\"", "\"2026-01-01T00:00:00Z\"", "[null]"),
                        record("\"/x\"", "\"2026-01-01T00:00:00Z\"", "null"),
                        record("null", "\"2026-01-01T00:00:00Z\"", "[]"),
                        record("\"/x\"", "\"2026-01-01T00:00:00Z\"", "[]").replace("1, ", "-1, "),
                        "{\"a\": ".repeat(100_000))) {
            Path record = reserve().files().record();
            Files.writeString(record, text);
            GuestStore.Listing listing = store.list();
            assertEquals(1, listing.guests().size(), text);
            assertEquals(1, listing.damages().size(), text);
            String problem = listing.damages().getFirst().problem();
            assertTrue(problem.contains(record.toString()), problem);
            assertTrue(problem.contains("cortado rm --force app-2"), problem);
            store.forget(new GuestName("app-2"));
        }
        Files.delete(reserve().files().record());
        assertTrue(store.list().damages().getFirst().problem().contains("it is missing"));
    }

    private static String record(String image, String started, String forwards) {
        String process = "{\"pid\": 1, \"start\": \"\"}";
        return """
        {"format": 1, "image": %s, "console": "/c", "started": %s,
         "starter": %s, "process": %s, "forwards": %s}\
        """
                .formatted(image, started, process, process, forwards);
    }

    @Test
    void otherThingsInTheDirectoryAreNoGuests() throws IOException {
        assertEquals(List.of(), store.list().guests());
        Path guests = reserve().files().directory().getParent();
        Files.createDirectory(guests.resolve(".hidden"));
        Files.createDirectory(guests.resolve("no name"));
        assertEquals(1, store.list().guests().size());
        assertEquals(List.of(), store.list().damages());
    }

    @Test
    void whatAnInterruptedCommandHasLeftIsSweptAway() throws IOException {
        Path guests = reserve().files().directory().getParent();
        for (String left : List.of(".new", ".removed")) {
            Files.writeString(Files.createDirectory(guests.resolve(left)).resolve("x"), "y");
        }
        reserve();
        end("app");
        store.remove(new GuestName("app"));
        assertFalse(Files.exists(guests.resolve(".new")));
        assertFalse(Files.exists(guests.resolve(".removed")));
    }

    @Test
    void whatSomebodyElseHasRemovedIsNoError() {
        Guest guest = reserve();
        store.forget(guest.name());
        store.forget(guest.name());
        store.markKilled(guest);
        assertEquals(List.of(), store.list().guests());
        assertEquals(List.of(), store.list().damages());
    }

    @Test
    void aGuestWhoseStarterHasGoneHasDied() {
        GuestRecord guest = reserve().record();
        store.update(
                new GuestRecord(
                        guest.name(),
                        guest.image(),
                        guest.console(),
                        guest.started(),
                        ENDED,
                        Optional.empty(),
                        List.of()));
        GuestState state = store.find(guest.name()).state();
        assertEquals("died: the command that was starting it was interrupted", state.sentence());
        assertTrue(state.hasFailed());
        store.remove(guest.name());
    }

    @Test
    void aLogIsAtItsEndWhenItsGuestIsAnother() {
        Guest guest = reserve();
        assertFalse(store.hasEnded(guest));
        end("app");
        assertTrue(store.hasEnded(guest));
        store.remove(guest.name());
        assertTrue(store.hasEnded(guest));
    }

    /** As many commands would, which take names and give them back. */
    @Test
    void commandsAtTheSameTimeAgree() throws Exception {
        int threads = 4;
        int rounds = 5;
        Set<String> taken = new HashSet<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Callable<List<String>> command = () -> takeNames(rounds);
                all.add(pool.submit(command));
            }
            for (Future<List<String>> each : all) {
                taken.addAll(each.get());
            }
        }
        assertEquals(threads * rounds, taken.size());
        GuestStore.Listing listing = store.list();
        assertEquals(threads * rounds, listing.guests().size());
        assertEquals(List.of(), listing.damages());
    }

    private List<String> takeNames(int rounds) {
        // A command is a process of its own, with a store of its own.
        GuestStore own = new GuestStore(directory.resolve("above/guests"));
        List<String> names = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Guest guest = own.reserve(IMAGE, Optional.empty(), Optional.empty());
            names.add(guest.name().text());
            assertEquals(List.of(), own.list().damages());
        }
        return names;
    }

    @Test
    void saysWhatToDoWhenItCannotBeUsed() throws IOException {
        Files.writeString(directory.resolve("above"), "a file");
        assertMessage("CORTADO_STATE");
        store = new GuestStore(directory.resolve("x".repeat(100)));
        assertMessage("too long for the path of a socket");
    }

    private void assertMessage(String part) {
        UserError error = assertThrows(UserError.class, this::reserve);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    @Test
    void liesWhereTheSystemKeepsSuchThings() {
        assertPlace("/own", Map.of("CORTADO_STATE", "/own", "XDG_STATE_HOME", "/s"), "Linux");
        assertPlace("/s/cortado", Map.of("XDG_STATE_HOME", "/s"), "Linux");
        assertPlace("/h/.local/state/cortado", Map.of("XDG_STATE_HOME", "s"), "Linux");
        assertPlace("/h/Library/Application Support/cortado", Map.of(), "Mac OS X");
        assertPlace("/l/cortado/state", Map.of("LOCALAPPDATA", "/l"), "Windows 11");
        assertPlace("/h/AppData/Local/cortado/state", Map.of(), "Windows 11");
    }

    private static void assertPlace(
            String expected, Map<String, String> environment, String system) {
        assertEquals(Path.of(expected), StateDirectory.usual(environment, system, "/h"));
    }

    private Guest reserve() {
        return store.reserve(IMAGE, Optional.empty(), Optional.empty());
    }

    private void end(String name) {
        store.update(store.find(new GuestName(name)).record().with(ENDED, List.of()));
    }
}
