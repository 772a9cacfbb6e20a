package dev.cortado.image.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cortado.image.network.PortForward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GuestReportTest {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant NOW = STARTED.plusSeconds(61);
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    @TempDir Path directory;

    @Test
    void aTableHasALineForEachGuest() throws IOException {
        String table = GuestTable.render(List.of(running(), ended()), NOW);
        List<List<String>> words = table.lines().map(line -> List.of(line.split(" {2,}"))).toList();
        assertEquals(
                List.of(
                        List.of("NAME", "STATE", "PID", "UPTIME", "PORTS", "IMAGE"),
                        List.of(
                                "app",
                                "running",
                                String.valueOf(SELF.pid()),
                                "1 min 1 s",
                                "127.0.0.1:8080:80,0.0.0.0:53:53/udp",
                                "/app.elf"),
                        List.of("short", "exited 3", "-", "-", "-", "/app.elf")),
                words);
        assertEquals(
                table.lines().map(line -> line.indexOf("IMAGE")).findFirst().orElseThrow(),
                table.lines().toList().getLast().indexOf("/app.elf"));
    }

    @Test
    void aTimeHasTwoUnits() {
        assertEquals("0 s", GuestTable.uptime(Duration.ofSeconds(-5)));
        assertEquals("59 s", GuestTable.uptime(Duration.ofSeconds(59)));
        assertEquals("1 h 0 min", GuestTable.uptime(Duration.ofSeconds(3605)));
        assertEquals("400 d 1 h", GuestTable.uptime(Duration.ofHours(9601)));
    }

    @Test
    void jsonHasWhatIsKnown() throws IOException {
        GuestStore.Damage damage = new GuestStore.Damage(new GuestName("odd"), "it is \"damaged\"");
        String text = GuestJson.render(List.of(running(), ended()), List.of(damage), NOW);
        JsonNode entries = JsonMapper.shared().readTree(text);
        JsonNode app = entries.get(0);
        assertEquals("app", app.get("name").asString());
        assertEquals("running", app.get("state").asString());
        assertEquals(SELF.pid(), app.get("pid").asLong());
        assertEquals("2026-01-02T03:04:05.678Z", app.get("started").asString());
        assertEquals(61, app.get("uptimeSeconds").asLong());
        assertEquals(8080, app.get("ports").get(0).get("hostPort").asInt());
        assertEquals(80, app.get("ports").get(0).get("guestPort").asInt());
        assertEquals("udp", app.get("ports").get(1).get("protocol").asString());
        assertEquals("/app.elf", app.get("image").asString());
        assertEquals("/console", app.get("console").asString());
        assertFalse(app.has("exitCode"));
        assertEquals(3, entries.get(1).get("exitCode").asInt());
        assertFalse(entries.get(1).has("pid"));
        assertEquals("damaged", entries.get(2).get("state").asString());
        assertEquals("it is \"damaged\"", entries.get(2).get("reason").asString());
    }

    private Guest running() throws IOException {
        Guest guest =
                guest(
                        "app",
                        SELF,
                        PortForward.parse("8080:80"),
                        PortForward.parse("0.0.0.0:53:53/udp"));
        Files.writeString(guest.files().run().status(), "ready\n");
        return new Guest(guest.record(), guest.files());
    }

    private Guest ended() throws IOException {
        Guest guest = guest("short", new ProcessIdentity(1, "long ago"));
        Files.writeString(guest.files().run().status(), "ready\nexit 3\n");
        return new Guest(guest.record(), guest.files());
    }

    private Guest guest(String name, ProcessIdentity process, PortForward... forwards)
            throws IOException {
        GuestFiles files = new GuestFiles(Files.createDirectory(directory.resolve(name)));
        return new Guest(
                new GuestRecord(
                        new GuestName(name),
                        Path.of("/app.elf"),
                        Path.of("/console"),
                        STARTED,
                        SELF,
                        Optional.of(process),
                        List.of(forwards)),
                files);
    }
}
