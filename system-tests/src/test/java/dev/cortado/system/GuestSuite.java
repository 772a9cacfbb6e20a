package dev.cortado.system;

import dev.cortado.kernel.ipc.Server;
import dev.cortado.system.guest.launcher.Suite;
import dev.cortado.system.guest.launcher.SuiteFeature;
import dev.cortado.system.report.ReportReader;
import dev.cortado.system.report.SuiteReport;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.graalvm.nativeimage.hosted.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.commons.util.ReflectionUtils;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.opentest4j.AssertionFailedError;

/** The image of the guest's own tests: builds it, runs it, and reads what it tells. */
public final class GuestSuite {
    /** What JUnit consists of. */
    private static final List<Class<?>> LIBRARIES =
            List.of(
                    Test.class,
                    ParameterizedTest.class,
                    JupiterTestEngine.class,
                    ReflectionUtils.class,
                    TestEngine.class,
                    Launcher.class,
                    AssertionFailedError.class);

    /** Without a word from it for so long, a guest hangs: a test of its ends after 2 minutes. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private GuestSuite() {}

    /** Builds the image, or finds that it is up to date. */
    static Path build() {
        compile(buildCommand());
        return Program.suite().imageFile("first");
    }

    /** Builds it for a target, or several images for that many targets. */
    public static void build(Path image, String targets) {
        compile(buildCommand(image, "--target", targets));
    }

    private static void compile(List<String> command) {
        Outcome outcome = ImageBuilds.run(command);
        if (outcome.exitCode() != 0) {
            throw new AssertionError("the suite was not built:\n" + outcome.console());
        }
    }

    /** The arguments with which {@link #build()} builds. */
    public static List<String> buildCommand() {
        return buildCommand(Program.suite().imageFile("first"));
    }

    private static List<String> buildCommand(Path image, String... options) {
        List<String> command = new ArrayList<>(List.of("build", "--class-path", classPath()));
        command.addAll(List.of("--main-class", Suite.class.getName()));
        command.addAll(List.of("--output", image.toString()));
        String feature = "--features=" + SuiteFeature.class.getName();
        String early = "--initialize-at-build-time=dev.cortado.system.guest.suite.BuilderTime";
        command.addAll(List.of("--compiler-argument", early));
        command.addAll(List.of("--compiler-argument", feature));
        // What the table of natives says is true, or this image is not built.
        command.addAll(
                List.of("--compiler-argument", "--features=dev.cortado.runtime.jdk.NativeCensus"));
        command.addAll(List.of("--files", files() + "=" + SuiteFiles.PLACE));
        command.addAll(List.of(options));
        return command;
    }

    private static Path files() {
        return SuiteFiles.directory(Program.suite().imageFile("files").resolveSibling("files"));
    }

    private static String classPath() {
        return Stream.concat(
                        Stream.of(Program.suite().classes()),
                        LIBRARIES.stream().map(GuestSuite::location).distinct())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The command that runs the suite on the JVM that runs this test. */
    static List<String> onHotSpot(List<String> selection) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:ActiveProcessorCount=2",
                                "-Dcortado.cpus=2",
                                "-Dcortado.suite.files=" + files(),
                                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "-cp",
                                String.join(
                                        File.pathSeparator,
                                        classPath(),
                                        location(Feature.class).toString(),
                                        location(Server.class).toString()),
                                Suite.class.getName()));
        command.addAll(selection);
        return command;
    }

    /** Runs a command that runs the suite, to its end or until it has been silent for too long. */
    static SuiteReport run(List<String> command, Duration patience) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            Thread killer = new Thread(() -> end(process), "suite-killer");
            Runtime.getRuntime().addShutdownHook(killer);
            try {
                return follow(process, patience);
            } finally {
                end(process);
                Runtime.getRuntime().removeShutdownHook(killer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SuiteReport follow(Process process, Duration patience) throws IOException {
        AtomicLong lastRecord = new AtomicLong(System.nanoTime());
        AtomicBoolean silent = new AtomicBoolean();
        Thread watchdog =
                Thread.ofVirtual()
                        .start(() -> {
                            if (waitUntilSilent(lastRecord, patience)) {
                                silent.set(true);
                                end(process);
                            }
                        });
        ReportReader reader = new ReportReader();
        byte[] buffer = new byte[8192];
        try (InputStream console = process.getInputStream()) {
            for (int count = console.read(buffer); count >= 0; count = console.read(buffer)) {
                if (reader.accept(buffer, count) > 0) {
                    lastRecord.set(System.nanoTime());
                }
            }
        }
        watchdog.interrupt();
        return reader.finish(
                silent.get()
                        ? "it was ended, for it had reported nothing for %d s"
                                .formatted(patience.toSeconds())
                        : "its exit code is " + process.onExit().join().exitValue());
    }

    /** Whether it has become silent; otherwise this thread was interrupted, for the guest ended. */
    private static boolean waitUntilSilent(AtomicLong lastRecord, Duration patience) {
        try {
            long rest = patience.toNanos();
            while (rest > 0) {
                TimeUnit.NANOSECONDS.sleep(rest);
                rest = patience.toNanos() - (System.nanoTime() - lastRecord.get());
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /**
     * The launcher ends QEMU, if it is given the time. (Process.destroy would close the console,
     * and what the guest said last would be lost.)
     */
    private static void end(Process process) {
        process.toHandle().destroy();
        if (process.onExit().completeOnTimeout(null, 10, TimeUnit.SECONDS).join() == null) {
            process.toHandle().destroyForcibly();
        }
    }
}
