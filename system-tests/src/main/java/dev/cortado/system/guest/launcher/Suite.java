package dev.cortado.system.guest.launcher;

import dev.cortado.system.report.RecordCodec;
import dev.cortado.system.report.TestRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The program in the suite's image: runs the tests that its arguments select (see {@link
 * Selection}) and tells about them on the console. Exit codes: 0 if no test failed, 1 if some did,
 * 2 if JUnit gave up, 64 if none was selected. It runs on HotSpot just as well.
 */
public final class Suite {
    /** Longer than any test takes on a slow machine, shorter than the host's patience. */
    private static final String TEST_TIMEOUT = "120 s";

    private static final int FAILED = 1;
    private static final int BROKEN = 2;
    private static final int USAGE = 64;

    private Suite() {}

    /** Runs the tests and ends the program. */
    public static void main(String[] arguments) throws IOException {
        // One stream, so that nothing from the other gets into the middle of a record.
        System.setErr(System.out);
        Selection selection = new Selection(List.of(arguments));
        Reporter reporter = new Reporter(Suite::print);
        try {
            launcher().execute(request(TestClasses.get(), selection), reporter);
        } catch (RuntimeException | Error e) {
            // JUnit stops at an error such as OutOfMemoryError, wherever it comes from.
            e.printStackTrace();
            System.exit(BROKEN);
        }
        if (reporter.planned() == 0) {
            System.out.println("No test is called " + String.join(" or ", arguments));
            System.exit(USAGE);
        }
        System.exit(reporter.failed() == 0 ? 0 : FAILED);
    }

    private static LauncherDiscoveryRequest request(TestClasses classes, Selection selection) {
        List<ClassSelector> selectors =
                classes.tests().stream().map(type -> DiscoverySelectors.selectClass(type)).toList();
        return LauncherDiscoveryRequestBuilder.request()
                .enableImplicitConfigurationParameters(false)
                .configurationParameter("junit.jupiter.execution.timeout.default", TEST_TIMEOUT)
                // A test that hangs for good is left behind, and the others go on.
                .configurationParameter(
                        "junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .selectors(selectors)
                .filters(selection)
                .build();
    }

    private static Launcher launcher() {
        return LauncherFactory.create(
                LauncherConfig.builder()
                        .enableTestEngineAutoRegistration(false)
                        .enableLauncherSessionListenerAutoRegistration(false)
                        .enableLauncherDiscoveryListenerAutoRegistration(false)
                        .enableTestExecutionListenerAutoRegistration(false)
                        .enablePostDiscoveryFilterAutoRegistration(false)
                        .addTestEngines(new JupiterTestEngine())
                        .build());
    }

    /** In one go, so that other threads' output stays outside. */
    private static void print(TestRecord record) {
        byte[] line = (RecordCodec.encode(record) + "\n").getBytes(StandardCharsets.US_ASCII);
        PrintStream out = System.out;
        out.write(line, 0, line.length);
        out.flush();
    }
}
