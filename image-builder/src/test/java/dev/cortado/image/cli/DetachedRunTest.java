package dev.cortado.image.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.TestObjects;
import dev.cortado.image.compile.FakeJdk;
import dev.cortado.image.guests.Guest;
import dev.cortado.image.guests.GuestName;
import dev.cortado.image.guests.GuestStopper;
import dev.cortado.image.guests.GuestStore;
import dev.cortado.image.image.ElfImageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, with a shell script for QEMU. */
@Timeout(120)
class DetachedRunTest {
    @TempDir Path directory;

    @Test
    void theGuestOutlivesTheCommandAndHoldsNoneOfItsStreams() throws Exception {
        Path image = directory.resolve("app.elf");
        new ElfImageWriter().write(TestObjects.image(), image);
        FakeJdk.executable(
                directory.resolve("qemu-system-x86_64"),
                "status=$(printf '%s\\n' \"$@\" | sed -n 's/^file,id=status,path=//p');"
                        + " echo hello; echo ready > \"$status\"; exec sleep 600");
        GuestStore store = new GuestStore(directory.resolve("state/guests"));
        try {
            Process command = command("run", "--detach", "--accelerator", "tcg", image.toString());
            String output = output(command).get(100, TimeUnit.SECONDS);
            assertEquals(0, command.waitFor(), output);
            assertEquals("app\n", output);
            Guest guest = store.find(new GuestName("app"));
            assertTrue(ProcessHandle.of(guest.pid().getAsLong()).orElseThrow().isAlive());
            assertEquals("hello\n", Files.readString(guest.console()));
        } finally {
            for (Guest guest : store.list().guests()) {
                new GuestStopper(store).remove(guest.name(), true);
            }
        }
    }

    /** All of it: this ends when nobody has the stream any more. */
    private static CompletableFuture<String> output(Process process) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getInputStream().readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Process command(String... words) throws IOException {
        String classes =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classes,
                        Main.class.getName());
        builder.command().addAll(List.of(words));
        builder.environment().put("CORTADO_STATE", directory.resolve("state").toString());
        builder.environment().put("PATH", directory + ":/usr/bin:/bin");
        return builder.redirectErrorStream(true).start();
    }
}
