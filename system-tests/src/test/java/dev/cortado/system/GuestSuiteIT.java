package dev.cortado.system;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import dev.cortado.system.report.SuiteReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The tests of {@code dev.cortado.system.guest.suite}, run in guests and reported here one by one.
 * What is run can be chosen with system properties:
 *
 * <ul>
 *   <li>{@code cortado.suite.machines}, default {@code hotspot,microvm,q35}: hotspot is the JVM of
 *       this test, without a guest, to see that the tests themselves are right
 *   <li>{@code cortado.suite.cpus}, default {@code 1,4}
 *   <li>{@code cortado.suite.memory}, default {@code 512M}
 *   <li>{@code cortado.suite.select}, default all: {@code MonitorTest,SleepTest#isNotTooShort}
 *   <li>{@code cortado.suite.repeat}, default 1: how many times to run all of it
 * </ul>
 */
final class GuestSuiteIT {
    private static final String HOTSPOT = "hotspot";
    private static final String MEMORY = System.getProperty("cortado.suite.memory", "512M");
    private static final List<String> SELECTION = words("cortado.suite.select", "");

    /** Where the suite runs. */
    private record Configuration(String machine, int cpus) {
        SuiteReport run() {
            return GuestSuite.run(command(), GuestSuite.PATIENCE);
        }

        private List<String> command() {
            if (machine.equals(HOTSPOT)) {
                return GuestSuite.onHotSpot(SELECTION);
            }
            Path image = GuestSuite.build();
            List<String> options = new ArrayList<>();
            options.addAll(List.of("run", "--machine", machine, "--memory", MEMORY));
            options.addAll(List.of("--cpus", Integer.toString(cpus), image.toString(), "--"));
            options.add("-Dcortado.cpus=" + cpus);
            options.addAll(SELECTION);
            return Cortado.commandLine(options);
        }

        @Override
        public String toString() {
            return machine.equals(HOTSPOT) ? HOTSPOT : machine + " x" + cpus;
        }
    }

    @TestFactory
    Stream<DynamicContainer> suite() {
        int rounds = Integer.getInteger("cortado.suite.repeat", 1);
        if (rounds == 1) {
            return round();
        }
        return IntStream.rangeClosed(1, rounds)
                .mapToObj(round -> dynamicContainer("round " + round, round()));
    }

    private static Stream<DynamicContainer> round() {
        return configurations().map(where -> dynamicContainer(where.toString(), tests(where)));
    }

    private static Stream<Configuration> configurations() {
        return words("cortado.suite.machines", "hotspot,microvm,q35").stream()
                .flatMap(machine ->
                        machine.equals(HOTSPOT)
                                ? Stream.of(new Configuration(machine, 0))
                                : words("cortado.suite.cpus", "1,4").stream()
                                        .map(Integer::valueOf)
                                        .map(cpus -> new Configuration(machine, cpus)));
    }

    /** Runs the guest when JUnit comes to it, not before. */
    private static Stream<DynamicNode> tests(Configuration where) {
        return Stream.of(where).map(Configuration::run).flatMap(SuiteNodes::of);
    }

    private static List<String> words(String property, String otherwise) {
        return Stream.of(System.getProperty(property, otherwise).split(","))
                .filter(word -> !word.isBlank())
                .toList();
    }
}
