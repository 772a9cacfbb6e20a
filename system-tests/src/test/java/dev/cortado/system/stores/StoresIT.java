package dev.cortado.system.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.system.Cortado;
import dev.cortado.system.Outcome;
import dev.cortado.system.Program;
import dev.cortado.system.Session;
import dev.cortado.system.servers.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * One image around libraries from Maven Central that keep data in files, on an ext4. What each says
 * is the same as on HotSpot on this host's files; killed at any time, it has all that it has
 * acknowledged. Run with the system property {@code cortado.stores}; {@code cortado.stores.select}
 * names some of them, {@code cortado.stores.machines} where they run, {@code cortado.stores.kills}
 * how often each is killed, {@code cortado.stores.seed} when.
 */
@EnabledIfSystemProperty(
        named = "cortado.stores",
        matches = "true",
        disabledReason = "the image takes minutes to compile, and it all half an hour")
final class StoresIT {
    private static final List<String> ALL =
            List.of("h2", "mvstore", "lucene", "lucene-mapped", "xodus", "logback");

    private static final int KILLS = Integer.getInteger("cortado.stores.kills", 6);
    private static final long SEED = Long.getLong("cortado.stores.seed", 12);

    /** How many batches are put in, and then how many in all. */
    private static final int FIRST = 60;

    private static final int ALL_BATCHES = 64;

    /** Compiled quickly: how fast it is, nobody asks here. */
    private static final String[] OPTIONS = {"--with-disks", "--compiler-argument=-Ob"};

    private static Program program;

    @TempDir static Path directory;

    @BeforeAll
    static void build() {
        program = Program.stores();
        if (!places().stream().allMatch(Place::isHotSpot)) {
            Cortado.build(program, program.imageFile("servers"), OPTIONS);
        }
    }

    private static Stream<String> words(String property, String absent) {
        return Stream.of(System.getProperty("cortado.stores." + property, absent).split(","));
    }

    private static List<Place> places() {
        return words("machines", "microvm/1,q35/4").map(Place::parse).toList();
    }

    @TestFactory
    Stream<DynamicContainer> keepWhatTheyHaveAcknowledged() {
        return words("select", String.join(",", ALL))
                .map(name -> DynamicContainer.dynamicContainer(name, tests(name)));
    }

    private static Stream<DynamicTest> tests(String store) {
        Stream.Builder<DynamicTest> tests = Stream.builder();
        for (Place place : places()) {
            tests.add(
                    DynamicTest.dynamicTest(
                            "as on HotSpot: " + place, () -> isTheSame(store, place)));
            tests.add(DynamicTest.dynamicTest("killed: " + place, () -> isKilled(store, place)));
        }
        return tests.build();
    }

    private static void isTheSame(String store, Place place) {
        StoreDisk oracle = StoreDisk.formatted(file(store, place, "expected"));
        StoreDisk disk = StoreDisk.formatted(file(store, place, "same"));
        for (int batches : List.of(FIRST, ALL_BATCHES)) {
            assertEquals(
                    said(Place.HOTSPOT, oracle, store, batches), said(place, disk, store, batches));
        }
        disk.image().check();
    }

    private static Path file(String store, Place place, String what) {
        return directory.resolve(store + "-" + place.machine() + "-" + what + ".img");
    }

    private static String said(Place place, StoreDisk disk, String store, int batches) {
        String number = String.valueOf(batches);
        try (Session session =
                place.start(program, disk.options(), store, disk.path(place), number)) {
            Outcome outcome = session.awaitEnd();
            assertEquals(0, outcome.exitCode(), outcome.console());
            // The kernel's words about the disk.
            return outcome.console()
                    .lines()
                    .filter(line -> !line.startsWith("cortado: "))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static void isKilled(String store, Place place) throws InterruptedException {
        StoreDisk disk = StoreDisk.formatted(file(store, place, "killed"));
        Deaths deaths = new Deaths(program, store, place, disk, SEED);
        for (int i = 0; i < KILLS; i++) {
            deaths.one();
        }
        deaths.end();
    }

    /** Jetty's answers about files. */
    @Test
    void filesAreServedAsByHotSpot() throws Exception {
        ServedFiles files = ServedFiles.in(directory);
        List<String> expected = files.visit(Place.HOTSPOT, program);
        for (Place place : places()) {
            assertEquals(
                    String.join("\n", expected), String.join("\n", files.visit(place, program)));
        }
    }
}
