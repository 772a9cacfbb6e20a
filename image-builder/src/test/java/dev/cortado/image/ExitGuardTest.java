package dev.cortado.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ExitGuardTest {
    /** A JVM that is told to end while it starts something, which takes its time. */
    static final class Starter {
        public static void main(String[] arguments) throws IOException {
            ExitGuard.<Process, IOException>start(
                    "killer",
                    () -> {
                        Thread.ofPlatform().daemon().start(() -> System.exit(3));
                        awaitShutdown();
                        Process started = new ProcessBuilder("sleep", "600").start();
                        System.out.println(started.pid());
                        return started;
                    },
                    Process::destroyForcibly);
        }

        private static void awaitShutdown() {
            boolean isGoingDown = false;
            while (!isGoingDown) {
                Thread hook = new Thread(() -> {});
                try {
                    Runtime.getRuntime().addShutdownHook(hook);
                    Runtime.getRuntime().removeShutdownHook(hook);
                    Thread.onSpinWait();
                } catch (IllegalStateException e) {
                    isGoingDown = true;
                }
            }
        }
    }

    @Test
    void whatIsJustBeingStartedEndsWithTheJvm() throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName());
        Process starter = new ProcessBuilder(command).start();
        try (BufferedReader output = starter.inputReader()) {
            long pid = Long.parseLong(output.readLine());
            assertEquals(3, starter.waitFor());
            ProcessHandle started = ProcessHandle.of(pid).orElse(null);
            if (started != null) {
                started.onExit().orTimeout(30, TimeUnit.SECONDS).join();
            }
        }
    }

    @Test
    void nothingIsEndedThatWasNotStarted() {
        boolean[] isEnded = new boolean[1];
        assertThrows(
                IOException.class,
                () ->
                        ExitGuard.start(
                                "killer",
                                () -> {
                                    throw new IOException("no");
                                },
                                started -> isEnded[0] = true));
        assertFalse(isEnded[0]);
    }

    @Test
    void whatWasStartedIsThere() {
        try (ExitGuard<String> guard = ExitGuard.start("killer", () -> "it", text -> {})) {
            assertEquals("it", guard.started());
        }
    }
}
