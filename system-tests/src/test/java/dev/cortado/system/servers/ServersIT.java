package dev.cortado.system.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.system.Cortado;
import dev.cortado.system.Program;
import java.net.http.HttpClient.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Images of programs around servers and clients from Maven Central: what their other side sees of
 * them, or what they say that they see, is the same as on HotSpot. Run with the system property
 * {@code cortado.servers}; {@code cortado.servers.select} names some of them, {@code
 * cortado.servers.machines} where they run.
 */
@EnabledIfSystemProperty(
        named = "cortado.servers",
        matches = "true",
        disabledReason = "each image takes minutes to compile")
final class ServersIT {
    private static final List<Version> ONE = List.of(Version.HTTP_1_1);
    private static final List<Version> ONE_AND_TWO = List.of(Version.HTTP_1_1, Version.HTTP_2);

    private static final Map<String, Supplier<Subject>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("jetty", () -> web("jetty", "JettyServer", ONE_AND_TWO, true, "Stopped\n"));
        ALL.put(
                "postgresql",
                () -> client("postgresql", "PostgresqlClient", PostgresqlServer::new));
        // Helidon up to 4.5.3 leaves connections open (its issue 12324).
        ALL.put(
                "helidon",
                () -> web("helidon", "HelidonServer", ONE_AND_TWO, false, "Shutdown finished"));
        ALL.put("netty", () -> web("netty", "NettyServer", ONE, true, "Stopped\n"));
        ALL.put("tomcat", () -> web("tomcat", "TomcatServer", ONE, true, "Stopped\n"));
        ALL.put("undertow", () -> web("undertow", "UndertowServer", ONE, true, "Stopped\n"));
        ALL.put("vertx", () -> web("vertx", "VertxServer", ONE, true, "Stopped\n"));
        ALL.put("javalin", () -> web("javalin", "JavalinServer", ONE, true, "Stopped\n"));
        ALL.put("httpclient", () -> client("httpclient", "WebClient", NginxServer::new));
        ALL.put("jedis", () -> client("jedis", "RedisUser", RedisServer::new));
    }

    private static Subject web(
            String name, String main, List<Version> versions, boolean closes, String farewell) {
        return new WebServer(program(name, main), versions, closes, farewell);
    }

    private static Subject client(String name, String main, ClientProgram.NeighbourStart start) {
        return new ClientProgram(program(name, main), start);
    }

    private static Program program(String name, String main) {
        return Program.server(name, "dev.cortado.system.servers." + name + "." + main);
    }

    private static List<String> words(String property, String absent) {
        return List.of(System.getProperty("cortado.servers." + property, absent).split(","));
    }

    @TestFactory
    Stream<DynamicContainer> areTheSameAsOnHotSpot() {
        return words("select", String.join(",", ALL.keySet())).stream()
                .map(name -> DynamicContainer.dynamicContainer(name, tests(ALL.get(name).get())));
    }

    private static Stream<DynamicTest> tests(Subject subject) {
        List<String> expected = new ArrayList<>();
        Stream.Builder<DynamicTest> tests = Stream.builder();
        tests.add(
                DynamicTest.dynamicTest(
                        "what is expected", () -> expected.addAll(subject.observe(Place.HOTSPOT))));
        List<Place> places =
                words("machines", "microvm/1,q35/4").stream().map(Place::parse).toList();
        if (!places.stream().allMatch(Place::isHotSpot)) {
            tests.add(DynamicTest.dynamicTest("image", () -> build(subject.program())));
        }
        for (Place place : places) {
            tests.add(
                    DynamicTest.dynamicTest(
                            place.toString(),
                            () ->
                                    assertEquals(
                                            String.join("\n", expected),
                                            String.join("\n", subject.observe(place)))));
        }
        return tests.build();
    }

    private static void build(Program program) {
        Cortado.build(program, program.imageFile("servers"));
    }
}
